using DaprSocial.Consistency;
using DaprSocial.Events;
using DaprSocial.Graph.V1;
using DaprSocial.Hosting;
using DaprSocial.Posts.V1;
using DaprSocial.Projections;
using DaprSocial.Users.V1;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Search.Queries;

/// <summary>Fills what was found from the services that own posts and users.</summary>
internal sealed class FoundHydrator(
    PostService.PostServiceClient posts, UserService.UserServiceClient users, GraphService.GraphServiceClient graph,
    TimeProvider clock, ILogger<FoundHydrator> logger)
{
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _timeoutMax = TimeSpan.FromSeconds(13);

    /// <summary>The posts that the viewer may see. Without Posts there is no answer: it decides on that.</summary>
    /// <param name="ids">1 to 100.</param>
    /// <param name="call">On whose behalf, and how fresh.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RpcException">Posts does not answer.</exception>
    public async Task<Hydration> ReadPostsAsync(
        IReadOnlyList<PostId> ids, SearchCall call, CancellationToken cancellationToken)
    {
        // What this service knows of the viewer's follows decided what was found; Posts asks Graph for as much.
        var follows = ConsistencyToken.Of(call.ReadToken.Streams.Where(stream => stream.Topic == Topics.Graph));
        var request = new BatchGetPostsRequest
        {
            PostIds = { ids.Select(id => id.ToString()) },
            ConsistencyToken = follows.Merge(call.RequestToken).ToString(),
            MaxWait = FilledAnswer.WaitOf(call.RequestToken, call.MaxWait),
        };
        var answer = await posts.BatchGetPostsAsync(request, OptionsOf(call, cancellationToken));
        return new Hydration(
            answer.Views.ToDictionary(view => view.Post.Id), answer.UndecidedIds.Count,
            FilledAnswer.BehindOf(answer.Freshness, call.RequestToken));
    }

    /// <summary>Users by id; null when Users does not answer.</summary>
    /// <param name="ids">Up to 100.</param>
    /// <param name="call">On whose behalf, and how fresh.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyDictionary<string, User>?> FindUsersAsync(
        IReadOnlyCollection<string> ids, SearchCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadUsersAsync(ids, call, cancellationToken);
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            SearchLog.AuthorsMissing(logger, AppIds.Users, ids.Count, exception);
            return null;
        }
    }

    /// <summary>Users by id; those who are not there are left out.</summary>
    /// <param name="ids">Up to 100.</param>
    /// <param name="call">On whose behalf, and how fresh.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RpcException">Users does not answer.</exception>
    public async Task<IReadOnlyDictionary<string, User>> ReadUsersAsync(
        IReadOnlyCollection<string> ids, SearchCall call, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return new Dictionary<string, User>();
        var request = new BatchGetUsersRequest
        {
            UserIds = { ids },
            ConsistencyToken = call.RequestToken.ToString(),
            MaxWait = FilledAnswer.WaitOf(call.RequestToken, call.MaxWait),
        };
        var answer = await users.BatchGetUsersAsync(request, OptionsOf(call, cancellationToken));
        return answer.Users.ToDictionary(user => user.Id);
    }

    /// <summary>Those of some users whom the viewer blocks, or who block the viewer.</summary>
    /// <param name="ids">Up to 100.</param>
    /// <param name="call">On whose behalf, and how fresh.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RpcException">Graph does not answer.</exception>
    public async Task<IReadOnlySet<string>> ReadBlockedAsync(
        IReadOnlyCollection<string> ids, SearchCall call, CancellationToken cancellationToken)
    {
        if (ids.Count == 0 || call.Viewer is not { } viewer)
            return new HashSet<string>();
        var request = new BatchGetRelationshipsRequest
        {
            UserId = viewer.ToString(), OtherUserIds = { ids }, ConsistencyToken = call.RequestToken.ToString(),
            MaxWait = FilledAnswer.WaitOf(call.RequestToken, call.MaxWait),
        };
        var answer = await graph.BatchGetRelationshipsAsync(request, OptionsOf(call, cancellationToken));
        return answer.Relationships.Where(relation => relation.Blocked).Select(relation => relation.UserId)
            .ToHashSet();
    }

    private CallOptions OptionsOf(SearchCall call, CancellationToken cancellationToken) => OutgoingCall.Options(
        call.Viewer, call.MaxWait is null ? _timeout : _timeoutMax, clock, cancellationToken);
}
