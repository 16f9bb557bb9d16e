using DaprSocial.Identifiers;
using DaprSocial.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace DaprSocial.Platform.Tests.Identifiers;

public sealed class UuidTests
{
    private const string Canonical = "01890a5d-ac96-774b-bcce-b302099a8057";
    private const long LastMillisecond = 253_402_300_799_999;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_700_000_000_123)]
    [InlineData(LastMillisecond)]
    public void Create_OfAMillisecond_KeepsItExactly(long milliseconds)
    {
        var id = Uuid.Create(milliseconds);

        Assert.Equal(milliseconds, Uuid.GetUnixMilliseconds(id));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), Uuid.GetTime(id));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(LastMillisecond + 1)]
    public void Create_OutOfRange_Throws(long milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Uuid.Create(milliseconds));

    [Fact]
    public void Create_Always_IsVersion7OfTheRfcVariant()
    {
        var text = Uuid.Create(1_700_000_000_123).ToString("D");

        Assert.StartsWith("018bcfe5-687b-7", text, StringComparison.Ordinal);
        Assert.Contains(text[19], "89ab");
    }

    [Fact]
    public void Create_TwiceInOneMillisecond_DiffersInTheRandomPart() =>
        Assert.NotEqual(Uuid.Create(5), Uuid.Create(5));

    [Fact]
    public void GetUnixMilliseconds_OfAKnownId_ReadsTheFirst48Bits() =>
        Assert.Equal(0x01890a5dac96, Uuid.GetUnixMilliseconds(Guid.Parse(Canonical)));

    [Fact]
    public void Order_OfAnyTwoIds_IsTheSameAsGuidTextAndBytes() => PropertyCheck.Holds(Pairs(), pair =>
    {
        var (left, right) = pair;
        var expected = Math.Sign(left.CompareTo(right));
        var text = Math.Sign(string.CompareOrdinal(left.ToString("D"), right.ToString("D")));
        var bytes = Math.Sign(Uuid.ToBytes(left).AsSpan().SequenceCompareTo(Uuid.ToBytes(right)));
        return (text, bytes) == (expected, expected);
    });

    [Fact]
    public void Order_OfALaterMillisecond_IsGreater() => PropertyCheck.Holds(
        Gen.Choose(0, int.MaxValue - 1), early => Uuid.Create(early).CompareTo(Uuid.Create(early + 1L)) < 0);

    [Fact]
    public void TryParse_CanonicalText_GivesTheIdBack()
    {
        Assert.True(Uuid.TryParse(Canonical, out var id));

        Assert.Equal(Canonical, id.ToString("D"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("01890A5D-AC96-774B-BCCE-B302099A8057")]
    [InlineData("01890a5d-ac96-774b-bcce-b302099a805F")]
    [InlineData("{01890a5d-ac96-774b-bcce-b302099a8057}")]
    [InlineData("(01890a5d-ac96-774b-bcce-b302099a8057)")]
    [InlineData("01890a5dac96774bbcceb302099a8057")]
    [InlineData("01890a5dac96774bbcceb302099a80570000")]
    [InlineData(" 01890a5d-ac96-774b-bcce-b302099a805")]
    [InlineData("01890a5d-ac96-774b-bcce-b302099a8057 ")]
    [InlineData("01890a5d-ac96-774b-bcce-b302099a805")]
    [InlineData("01890a5d-ac96-774b-bcce-b302099a805g")]
    [InlineData("01890a5d_ac96_774b_bcce_b302099a8057")]
    [InlineData("+1890a5d-ac96-774b-bcce-b302099a8057")]
    [InlineData("0x890a5d-ac96-774b-bcce-b302099a8057")]
    [InlineData("01890a5d-ac96-774b-bcce-+302099a8057")]
    [InlineData("01890a5d-ac96-774b-0x12-b302099a8057")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("٠1890a5d-ac96-774b-bcce-b302099a8057")]
    public void TryParse_AnythingElse_IsRefused(string? text)
    {
        Assert.False(Uuid.TryParse(text, out var id));

        Assert.Equal(default, id);
    }

    [Fact]
    public void TryParse_AnyAcceptedText_IsTheOnlySpellingOfItsId() => PropertyCheck.Holds(
        Gen.Elements("00+xXaF- ".ToCharArray()).ArrayOf(2).Zip(Gen.Choose(0, 34)),
        change =>
        {
            var text = Canonical.Remove(change.Item2, 2).Insert(change.Item2, new string(change.Item1));
            return !Uuid.TryParse(text, out var id) || id.ToString("D") == text;
        });

    [Fact]
    public void ToBytes_OfAnId_IsBigEndian() => Assert.Equal(
        Convert.FromHexString("01890a5dac96774bbcceb302099a8057"), Uuid.ToBytes(Guid.Parse(Canonical)));

    [Fact]
    public void TryFromBytes_OfToBytes_GivesTheIdBack()
    {
        Assert.True(Uuid.TryFromBytes(Uuid.ToBytes(Guid.Parse(Canonical)), out var id));

        Assert.Equal(Guid.Parse(Canonical), id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    public void TryFromBytes_OfAnotherLength_IsRefused(int length)
    {
        Assert.False(Uuid.TryFromBytes(new byte[length], out var id));

        Assert.Equal(default, id);
    }

    private static Gen<(Guid, Guid)> Pairs()
    {
        var ids = Gen.Choose(0, 255).ArrayOf(16).Select(bytes => new Guid([.. bytes.Select(value => (byte)value)]));
        // Ids that differ in one byte only compare by that byte, wherever it stands.
        var neighbours = Gen.Zip(ids, Gen.Zip(Gen.Choose(0, 15), Gen.Choose(0, 255)), (id, change) =>
        {
            var bytes = Uuid.ToBytes(id);
            bytes[change.Item1] = (byte)change.Item2;
            return (id, new Guid(bytes, bigEndian: true));
        });
        return Gen.OneOf(Gen.Zip(ids, ids, (left, right) => (left, right)), neighbours);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_767_225_600_123)]
    public void LowerBoundOf_LiesBetweenTwoMilliseconds(long milliseconds)
    {
        var bound = Uuid.LowerBoundOf(milliseconds);

        Assert.True(bound.CompareTo(Uuid.Create(milliseconds)) < 0);
        Assert.True(milliseconds == 0 || bound.CompareTo(Uuid.Create(milliseconds - 1)) > 0);
    }
}
