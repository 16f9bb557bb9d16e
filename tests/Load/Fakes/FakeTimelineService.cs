using DaprSocial.Consistency.V1;
using DaprSocial.Timelines.V1;
using Grpc.Core;

namespace DaprSocial.Load.Tests.Fakes;

internal sealed class FakeTimelineService(FakeSocial social) : TimelineService.TimelineServiceBase
{
    public override Task<ListHomeTimelineResponse> ListHomeTimeline(
        ListHomeTimelineRequest request, ServerCallContext context)
    {
        var actor = FakeSocial.ActorOf(context);
        lock (social.Lock)
        {
            if (social.Fault == Fault.HomeIsRefused)
            {
                throw FakeErrors.Refuse(StatusCode.Internal, "out of order");
            }

            var overlap = social.Fault == Fault.HomeRepeatsOverPages ? 1 : 0;
            var (items, next) = FakePaging.Cut(Home(actor), request.PageSize, 100, request.PageToken, overlap);
            return Task.FromResult(new ListHomeTimelineResponse
            {
                Entries = { items.Select(post => Entry(post, actor, request.View)) },
                NextPageToken = social.Fault == Fault.HomeNeverEnds && next.Length == 0 ? "0" : next,
                Complete = social.Fault != Fault.HomeIsIncomplete,
                Freshness = new Freshness { Satisfied = social.Fault != Fault.HomeIsStale },
            });
        }
    }

    public override Task<ListAuthorTimelineResponse> ListAuthorTimeline(
        ListAuthorTimelineRequest request, ServerCallContext context)
    {
        var actor = FakeSocial.ActorOf(context);
        lock (social.Lock)
        {
            var author = Guid.Parse(request.AuthorId);
            var posts = social.Posts.Values
                .Where(post => post.AuthorId == author)
                .Where(post => social.CanSee(actor, post)
                    || (social.Fault == Fault.AuthorTimelineLeaksFollowersOnly && !post.Deleted))
                .OrderByDescending(post => post.Id)
                .ToArray();
            var (items, next) = FakePaging.Cut(posts, request.PageSize, 100, request.PageToken);
            return Task.FromResult(new ListAuthorTimelineResponse
            {
                Entries = { items.Select(post => Entry(post, actor, request.View)) },
                NextPageToken = next,
                Complete = true,
                Freshness = social.Fault == Fault.TimelinesAreParked && request.ConsistencyToken.Length > 0
                    ? new Freshness { Reason = Freshness.Types.Reason.Parked }
                    : FakeSocial.Fresh(),
            });
        }
    }

    private List<FakePost> Home(Guid user)
    {
        var posts = social.Posts.Values
            .Where(post => IsOwnOrFollowed(user, post.AuthorId))
            .Where(post => !post.Deleted || social.Fault == Fault.HomeKeepsDeleted)
            .Where(post => post.ReplyTo is null || IsOwnOrFollowed(user, Guid.Parse(post.Post.ParentAuthorId)))
            .OrderByDescending(post => post.Id)
            .ToList();
        switch (social.Fault)
        {
            case Fault.HomeLeavesOneOut when posts.Count > 3:
                posts.RemoveAt(2);
                break;
            case Fault.HomeSwapsTwo when posts.Count > 3:
                (posts[2], posts[3]) = (posts[3], posts[2]);
                break;
            case Fault.HomeShowsAStranger:
                posts.AddRange(social.Posts.Values
                    .Where(post => !post.Deleted && !IsOwnOrFollowed(user, post.AuthorId))
                    .Take(1));
                break;
        }

        return posts;
    }

    private bool IsOwnOrFollowed(Guid user, Guid author) => user == author || social.IsFollowing(user, author);

    private TimelineEntry Entry(FakePost post, Guid viewer, View view)
    {
        var entry = new TimelineEntry { PostId = $"{post.Id}", AuthorId = $"{post.AuthorId}" };
        if (view != View.Ids)
        {
            entry.Post = social.View(post, viewer);
            entry.Author = social.Fault == Fault.HomeForgetsAuthors ? null : social.Users[post.AuthorId];
        }

        return entry;
    }
}
