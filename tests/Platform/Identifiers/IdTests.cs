using DaprSocial.Identifiers;
using PostId = DaprSocial.Identifiers.Id<DaprSocial.Posts.V1.Post>;

namespace DaprSocial.Platform.Tests.Identifiers;

public sealed class IdTests
{
    private static readonly PostId _older = new(Uuid.Create(1000));
    private static readonly PostId _newer = new(Uuid.Create(1001));

    [Fact]
    public void TryParse_OwnText_GivesTheIdBack()
    {
        Assert.True(PostId.TryParse(_older.ToString(), out var id));

        Assert.Equal(_older, id);
    }

    [Fact]
    public void TryParse_UpperCase_IsRefused()
    {
        Assert.False(PostId.TryParse(_older.ToString().ToUpperInvariant(), out var id));

        Assert.Equal(default, id);
    }

    [Fact]
    public void ToString_Always_IsCanonicalLowerCase() => Assert.Equal(
        "01890a5d-ac96-774b-bcce-b302099a8057",
        new PostId(Guid.Parse("01890A5D-AC96-774B-BCCE-B302099A8057")).ToString());

    [Fact]
    public void Operators_OlderAndNewer_FollowTime()
    {
        Assert.True(_older < _newer);
        Assert.True(_newer > _older);
        Assert.True(_older <= _newer);
        Assert.True(_newer >= _older);
        Assert.False(_newer < _older);
        Assert.False(_older > _newer);
        Assert.False(_newer <= _older);
        Assert.False(_older >= _newer);
    }

    [Fact]
    public void Operators_SameId_AreNeitherOlderNorNewer()
    {
        var same = new PostId(_older.Value);

        Assert.True(_older <= same);
        Assert.True(_older >= same);
        Assert.False(_older < same);
        Assert.False(_older > same);
        Assert.Equal(0, _older.CompareTo(same));
    }
}
