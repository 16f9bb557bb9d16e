using DaprSocial.Errors;
using DaprSocial.EventLog;
using DaprSocial.Graph.Commands;
using DaprSocial.Graph.Queries;
using DaprSocial.Graph.Storage;
using DaprSocial.Graph.V1;
using DaprSocial.Hosting;
using DaprSocial.Identifiers;
using DaprSocial.Paging;
using DaprSocial.Projections;
using DaprSocial.Users.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DaprSocial.Graph.Api;

internal sealed class GraphGrpcService(
    FollowHandler follow, UnfollowHandler unfollow, BlockHandler block, UnblockHandler unblock,
    EraseUserHandler eraseUser, ListRelationsHandler listRelations, FollowGraphStore graph, FreshnessGate gate,
    ICaller caller)
    : GraphService.GraphServiceBase
{
    private const int PageSizeDefault = 50;
    private const int PageSizeMax = 1000;

    public override async Task<FollowResponse> Follow(FollowRequest request, ServerCallContext context)
    {
        var command = new Follow(caller.RequireActor(context), IdOf(request.FolloweeId, "followee_id"));
        var call = CommandCall.From(request, command.FollowerId.ToString(), context);
        await WaitForUserAsync(command.FolloweeId, command.FollowerId, request.ConsistencyToken, context);
        return await follow.HandleAsync(command, call, context.CancellationToken);
    }

    public override Task<UnfollowResponse> Unfollow(UnfollowRequest request, ServerCallContext context)
    {
        var command = new Unfollow(caller.RequireActor(context), IdOf(request.FolloweeId, "followee_id"));
        var call = CommandCall.From(request, command.FollowerId.ToString(), context);
        return unfollow.HandleAsync(command, call, context.CancellationToken);
    }

    public override async Task<BlockResponse> Block(BlockRequest request, ServerCallContext context)
    {
        var command = new Block(caller.RequireActor(context), IdOf(request.UserId, "user_id"));
        var call = CommandCall.From(request, command.BlockerId.ToString(), context);
        await WaitForUserAsync(command.BlockedId, command.BlockerId, request.ConsistencyToken, context);
        return await block.HandleAsync(command, call, context.CancellationToken);
    }

    public override Task<UnblockResponse> Unblock(UnblockRequest request, ServerCallContext context)
    {
        var command = new Unblock(caller.RequireActor(context), IdOf(request.UserId, "user_id"));
        var call = CommandCall.From(request, command.BlockerId.ToString(), context);
        return unblock.HandleAsync(command, call, context.CancellationToken);
    }

    public override async Task<ListBlocksResponse> ListBlocks(ListBlocksRequest request, ServerCallContext context)
    {
        var actor = caller.RequireActor(context);
        var query = ToQuery(actor, RelationSide.Blocked, request.PageSize, request.PageToken);
        var read = await WaitAsync(request.ConsistencyToken, request.MaxWait, context);
        var page = await listRelations.HandleAsync(query, context.CancellationToken);
        return new ListBlocksResponse
        {
            Blocks = { page.Relations.Select(ToBlock) },
            NextPageToken = page.NextPageToken,
            ConsistencyToken = read.Token.ToString(),
            Freshness = read.Freshness,
        };
    }

    public override async Task<ListFollowersResponse> ListFollowers(
        ListFollowersRequest request, ServerCallContext context)
    {
        var user = IdOf(request.UserId, "user_id");
        var query = ToQuery(user, RelationSide.Followers, request.PageSize, request.PageToken);
        var read = await WaitAsync(request.ConsistencyToken, request.MaxWait, context);
        var page = await listRelations.HandleAsync(query, context.CancellationToken);
        return new ListFollowersResponse
        {
            Followers = { page.Relations.Select(ToProto) },
            NextPageToken = page.NextPageToken,
            ConsistencyToken = read.Token.ToString(),
            Freshness = read.Freshness,
        };
    }

    public override async Task<ListFolloweesResponse> ListFollowees(
        ListFolloweesRequest request, ServerCallContext context)
    {
        var user = IdOf(request.UserId, "user_id");
        var query = ToQuery(user, RelationSide.Followees, request.PageSize, request.PageToken);
        var read = await WaitAsync(request.ConsistencyToken, request.MaxWait, context);
        var page = await listRelations.HandleAsync(query, context.CancellationToken);
        return new ListFolloweesResponse
        {
            Followees = { page.Relations.Select(ToProto) },
            NextPageToken = page.NextPageToken,
            ConsistencyToken = read.Token.ToString(),
            Freshness = read.Freshness,
        };
    }

    public override async Task<BatchGetRelationshipsResponse> BatchGetRelationships(
        BatchGetRelationshipsRequest request, ServerCallContext context)
    {
        var user = IdOf(request.UserId, "user_id");
        var others = RequestFields.Ids<User>(request.OtherUserIds, "other_user_ids");
        var read = await WaitAsync(request.ConsistencyToken, request.MaxWait, context);
        var relationships = await graph.ReadRelationshipsAsync(user, others, context.CancellationToken);
        return new BatchGetRelationshipsResponse
        {
            Relationships = { others.Select(other => ToProto(other, relationships[other])) },
            ConsistencyToken = read.Token.ToString(),
            Freshness = read.Freshness,
        };
    }

    public override async Task<GetRelationCountsResponse> GetRelationCounts(
        GetRelationCountsRequest request, ServerCallContext context)
    {
        var user = IdOf(request.UserId, "user_id");
        var read = await WaitAsync(request.ConsistencyToken, request.MaxWait, context);
        var (followers, followees) = await graph.ReadCountsAsync(user, context.CancellationToken);
        return new GetRelationCountsResponse
        {
            FollowerCount = followers,
            FolloweeCount = followees,
            ConsistencyToken = read.Token.ToString(),
            Freshness = read.Freshness,
        };
    }

    public override Task<V1.EraseUserResponse> EraseUser(V1.EraseUserRequest request, ServerCallContext context)
    {
        var user = IdOf(request.UserId, "user_id");
        var call = CommandCall.From(request, $"erase:{user}", context);
        var command = new EraseUser(user, caller.FindActor(context) ?? user);
        return eraseUser.HandleAsync(command, call, context.CancellationToken);
    }

    /// <summary>A user who is not known here yet may be created already: the caller's token tells.</summary>
    private async Task WaitForUserAsync(UserId user, UserId actor, string token, ServerCallContext context)
    {
        if (token.Length == 0 || await graph.IsKnownAsync(user, context.CancellationToken))
            return;
        var read = await gate.WaitAsync(token, null, actor.Value, context);
        if (!read.Freshness.Satisfied)
            throw Refusals.DependencyUnavailable("The projection of users");
    }

    private Task<ReadState> WaitAsync(string token, Duration? maxWait, ServerCallContext context) =>
        gate.WaitAsync(token, maxWait, caller.FindActor(context)?.Value, context);

    private static UserId IdOf(string text, string field) => RequestFields.Id<User>(text, field);

    private static ListRelations ToQuery(UserId user, RelationSide side, int pageSize, string pageToken) => new(
        user, side, PageRequest.Parse(pageSize, pageToken, PageSizeDefault, PageSizeMax, $"{side}:{user}"));

    private static Relation ToProto(RelationRow row) => new()
    {
        UserId = row.Other.ToString(), FollowTime = Uuid.GetTime(row.RelationId).ToTimestamp(),
    };

    private static UserBlock ToBlock(RelationRow row) => new()
    {
        UserId = row.Other.ToString(), BlockTime = Uuid.GetTime(row.RelationId).ToTimestamp(),
    };

    private static Relationship ToProto(UserId other, RelationState state) => new()
    {
        UserId = other.ToString(), Following = state.IsFollowing, FollowedBy = state.IsFollowedBy,
        Blocked = state.IsBlocked,
    };
}
