using DaprSocial.Consistency;
using DaprSocial.Events;
using DaprSocial.Hosting;
using DaprSocial.Posts.V1;
using DaprSocial.Projections;
using DaprSocial.Timelines.Domain;
using DaprSocial.Users.V1;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Timelines.Queries;

/// <summary>Fills entries from the services that own posts and users: one batch call to each, side by side.</summary>
internal sealed class EntryHydrator(
    PostService.PostServiceClient posts, UserService.UserServiceClient users, TimeProvider clock,
    ILogger<EntryHydrator> logger)
{
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _timeoutMax = TimeSpan.FromSeconds(13);

    /// <param name="entries">1 to 100.</param>
    /// <param name="query">On whose behalf, and how fresh.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Hydration> HydrateAsync(
        IReadOnlyList<EntryId> entries, TimelineQuery query, CancellationToken cancellationToken)
    {
        var options = OutgoingCall.Options(
            query.Viewer, query.MaxWait is null ? _timeout : _timeoutMax, clock, cancellationToken);
        var postsCall = AskPostsAsync(entries, query, options);
        var usersCall = AskUsersAsync(entries, query, options);
        var (found, authors) = (await postsCall, await usersCall);
        return new Hydration(
            found?.Views.ToDictionary(view => view.Post.Id),
            authors?.Users.ToDictionary(user => user.Id) ?? [],
            found?.UndecidedIds.Count ?? 0,
            FilledAnswer.BehindOf(found?.Freshness, query.RequestToken)
                ?? FilledAnswer.BehindOf(authors?.Freshness, query.RequestToken));
    }

    private async Task<BatchGetPostsResponse?> AskPostsAsync(
        IReadOnlyList<EntryId> entries, TimelineQuery query, CallOptions options)
    {
        // What this service knows of the viewer's follows decides what the viewer may see; Posts asks Graph for as
        // much.
        var follows = ConsistencyToken.Of(query.ReadToken.Streams.Where(stream => stream.Topic == Topics.Graph));
        var request = new BatchGetPostsRequest
        {
            PostIds = { entries.Select(entry => entry.PostId.ToString()) },
            ConsistencyToken = follows.Merge(query.RequestToken).ToString(),
            MaxWait = FilledAnswer.WaitOf(query.RequestToken, query.MaxWait),
        };
        try
        {
            return await posts.BatchGetPostsAsync(request, options);
        }
        catch (RpcException exception) when (!options.CancellationToken.IsCancellationRequested)
        {
            TimelinesLog.HydrationFailed(logger, AppIds.Posts, entries.Count, exception);
            return null;
        }
    }

    private async Task<BatchGetUsersResponse?> AskUsersAsync(
        IReadOnlyList<EntryId> entries, TimelineQuery query, CallOptions options)
    {
        var request = new BatchGetUsersRequest
        {
            UserIds = { entries.Select(entry => entry.AuthorId.ToString()).Distinct() },
            ConsistencyToken = query.RequestToken.ToString(),
            MaxWait = FilledAnswer.WaitOf(query.RequestToken, query.MaxWait),
        };
        try
        {
            return await users.BatchGetUsersAsync(request, options);
        }
        catch (RpcException exception) when (!options.CancellationToken.IsCancellationRequested)
        {
            TimelinesLog.HydrationFailed(logger, AppIds.Users, entries.Count, exception);
            return null;
        }
    }
}
