using DaprSocial.Graph.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DaprSocial.Load.Tests.Fakes;

internal sealed class FakeGraphService(FakeSocial social) : GraphService.GraphServiceBase
{
    public override Task<FollowResponse> Follow(FollowRequest request, ServerCallContext context)
    {
        var (changed, token) = Set(request.FolloweeId, request.RequestId, following: true, context);
        return Task.FromResult(new FollowResponse { Changed = changed, ConsistencyToken = token });
    }

    public override Task<UnfollowResponse> Unfollow(UnfollowRequest request, ServerCallContext context)
    {
        var (changed, token) = Set(request.FolloweeId, request.RequestId, following: false, context);
        return Task.FromResult(new UnfollowResponse { Changed = changed, ConsistencyToken = token });
    }

    public override Task<GetRelationCountsResponse> GetRelationCounts(
        GetRelationCountsRequest request, ServerCallContext context)
    {
        lock (social.Lock)
        {
            var user = Guid.Parse(request.UserId);
            return Task.FromResult(new GetRelationCountsResponse
            {
                FollowerCount = Followers(user).Count + (social.Fault == Fault.FollowerCountIsOff ? 1 : 0),
                FolloweeCount = Followees(user).Count,
                Freshness = FakeSocial.Fresh(),
            });
        }
    }

    public override Task<ListFollowersResponse> ListFollowers(ListFollowersRequest request, ServerCallContext context)
    {
        lock (social.Lock)
        {
            var all = Followers(Guid.Parse(request.UserId));
            if (social.Fault == Fault.FollowerIsLost)
            {
                all = [.. all.Skip(1)];
            }

            var (items, next) = FakePaging.Cut(all, request.PageSize, 1_000, request.PageToken);
            return Task.FromResult(new ListFollowersResponse
            {
                Followers = { items },
                NextPageToken = next,
                Freshness = FakeSocial.Fresh(),
            });
        }
    }

    public override Task<ListFolloweesResponse> ListFollowees(ListFolloweesRequest request, ServerCallContext context)
    {
        lock (social.Lock)
        {
            var all = Followees(Guid.Parse(request.UserId));
            if (social.Fault == Fault.FolloweesAreOldestFirst)
            {
                all = [.. all.Reverse()];
            }

            var (items, next) = FakePaging.Cut(all, request.PageSize, 1_000, request.PageToken);
            return Task.FromResult(new ListFolloweesResponse
            {
                Followees = { items },
                NextPageToken = next,
                Freshness = FakeSocial.Fresh(),
            });
        }
    }

    private (bool Changed, string Token) Set(
        string followeeId, string requestId, bool following, ServerCallContext context)
    {
        var actor = FakeSocial.ActorOf(context);
        var followee = Guid.Parse(followeeId);
        var answer = social.Once(requestId, () =>
        {
            var changed = social.IsFollowing(actor, followee) != following;
            if (changed)
            {
                social.Follows[(actor, followee)] = (following, social.NewId());
                social.Logs["graph"].Append("graph", actor, $"{actor}:{followee}", requestId);
            }

            return Tuple.Create(changed, social.Logs["graph"].TokenOf(actor));
        });
        return (answer.Item1, answer.Item2);
    }

    private IReadOnlyList<Relation> Followers(Guid user) =>
        Relations(edge => edge.Followee == user, edge => edge.Follower);

    private IReadOnlyList<Relation> Followees(Guid user) =>
        Relations(edge => edge.Follower == user, edge => edge.Followee);

    // Minutes instead of milliseconds between follows, so that a wrong order is plain to see.
    private IReadOnlyList<Relation> Relations(
        Func<(Guid Follower, Guid Followee), bool> which, Func<(Guid Follower, Guid Followee), Guid> other) =>
    [
        .. social.Follows
            .OrderBy(follow => follow.Value.FollowId)
            .Select((follow, place) => (follow.Key, follow.Value.Following, place))
            .Where(follow => follow.Following && which(follow.Key))
            .Reverse()
            .Select(follow => new Relation
            {
                UserId = $"{other(follow.Key)}",
                FollowTime = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddMinutes(follow.place)),
            }),
    ];
}
