using DaprSocial.Consistency;
using DaprSocial.Identifiers;
using DaprSocial.Posts.V1;
using DaprSocial.Timelines.Domain;
using DaprSocial.Timelines.Queries;

namespace DaprSocial.Timelines.Tests.Queries;

public sealed class OwnPostsTests
{
    private static readonly UserId _ann = new(Uuid.Create(1));
    private static readonly UserId _ben = new(Uuid.Create(2));
    private static readonly PostId[] _ids =
        [.. Enumerable.Range(1, 6).Select(ms => new PostId(Uuid.Create(ms * 1000)))];

    [Fact]
    public void LayOver_WrittenAndDeleted_StandWhereTheirIdsBelong()
    {
        var own = new OwnPosts([Post(_ids[3]), Deleted(_ids[1]), Post(_ids[5])]);

        var entries = own.LayOver([Entry(4, _ben), Entry(2, _ben), Entry(1, _ann), Entry(0, _ann)], Guid.AllBitsSet, 9);

        Assert.Equal([_ids[5], _ids[4], _ids[3], _ids[2], _ids[0]], entries.Select(entry => entry.PostId));
        Assert.Equal([_ann, _ben, _ann, _ben, _ann], entries.Select(entry => entry.AuthorId));
    }

    [Fact]
    public void LayOver_LaterPage_GetsOnlyWhatIsBelowItsStart()
    {
        var own = new OwnPosts([Post(_ids[5]), Post(_ids[3]), Post(_ids[1])]);

        var entries = own.LayOver([Entry(2, _ben), Entry(0, _ben)], _ids[3].Value, 2);

        Assert.Equal([_ids[2], _ids[1]], entries.Select(entry => entry.PostId));
    }

    [Fact]
    public void LayOver_ProjectedMeanwhile_StandsThereOnce()
    {
        var own = new OwnPosts([Post(_ids[1])]);

        var entries = own.LayOver([Entry(1, _ann), Entry(0, _ann)], Guid.AllBitsSet, 9);

        Assert.Equal([_ids[1], _ids[0]], entries.Select(entry => entry.PostId));
    }

    [Fact]
    public void Keep_LeavesOutWhatDoesNotBelong_NeverADeletion()
    {
        var own = new OwnPosts([Post(_ids[1]), Post(_ids[2]), Deleted(_ids[3])]);

        var kept = own.Keep(new HashSet<PostId> { _ids[2] });

        Assert.Equal([_ids[2]], kept.Written.Select(post => post.Id));
        Assert.Equal(1, kept.DeletedCount);
    }

    private static EntryId Entry(int index, UserId author) => new(_ids[index], author);

    private static TimelinePost Post(PostId id) =>
        new(id, _ann, null, Visibility.Followers, IsDeleted: false, 1, ConsistencyToken.Empty);

    private static TimelinePost Deleted(PostId id) => Post(id) with { IsDeleted = true, EntityVersion = 2 };
}
