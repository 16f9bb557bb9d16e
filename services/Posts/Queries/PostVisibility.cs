using DaprSocial.Consistency;
using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Events;
using DaprSocial.Graph.V1;
using DaprSocial.Hosting;
using DaprSocial.Posts.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Posts.Queries;

/// <summary>
/// Decides who sees which post. Only posts that are neither public nor the viewer's own need Graph; who blocks whom is
/// known here.
/// </summary>
internal sealed class PostVisibility(
    GraphService.GraphServiceClient graph, TimeProvider clock, ILogger<PostVisibility> logger)
{
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _wait = TimeSpan.FromMilliseconds(500);

    /// <summary>What the viewer sees of each post. Deleted posts are hidden from everybody.</summary>
    /// <param name="posts">At most 100.</param>
    /// <param name="viewer">Null for nobody.</param>
    /// <param name="token">State of the viewer's own follows that Graph must cover.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyDictionary<PostId, Sight>> DecideAsync(
        IReadOnlyCollection<ViewedPost> posts,
        UserId? viewer,
        ConsistencyToken token,
        CancellationToken cancellationToken)
    {
        var sights = posts.ToDictionary(view => view.Post.Id, view => WithoutGraph(view, viewer) ?? Sight.Undecided);
        if (viewer is not { } user)
            return sights;
        var open = posts.Where(view => WithoutGraph(view, viewer) is null).ToList();
        try
        {
            foreach (var group in GroupByTokens(open, token))
                await DecideGroupAsync(group, user, token, sights, cancellationToken);
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            // What is not decided by now stays undecided.
            PostsLog.GraphUnavailable(logger, open.Count, exception);
        }

        return sights;
    }

    /// <summary>Null when only Graph can tell.</summary>
    private static Sight? WithoutGraph(ViewedPost view, UserId? viewer) => view.Post switch
    {
        { IsDeleted: true } => Sight.Hidden,
        _ when view.IsBlocked => Sight.Hidden,
        { Visibility: Visibility.Public } => Sight.Visible,
        var post when post.AuthorId == viewer => Sight.Visible,
        _ when viewer is null => Sight.Hidden,
        // Of a later version of the contract: whom it means is not known here.
        { Visibility: not Visibility.Followers } => Sight.Hidden,
        _ when view.After is null => Sight.Undecided,
        _ => null,
    };

    /// <summary>
    /// One question to Graph covers many posts, as long as what they were written after fits in one token.
    /// </summary>
    private static IEnumerable<List<ViewedPost>> GroupByTokens(IEnumerable<ViewedPost> posts, ConsistencyToken token)
    {
        var group = new List<ViewedPost>();
        var streamCount = token.Streams.Length;
        foreach (var view in posts)
        {
            var afterCount = AfterOf(view).Streams.Length;
            if (group.Count > 0 && streamCount + afterCount > ConsistencyToken.StreamsMax)
            {
                yield return group;
                (group, streamCount) = ([], token.Streams.Length);
            }

            group.Add(view);
            streamCount += afterCount;
        }

        if (group.Count > 0)
            yield return group;
    }

    /// <summary>The follows that must be applied before the post is shown; nothing else decides who may see it.</summary>
    private static ConsistencyToken AfterOf(ViewedPost view) => ConsistencyToken.Of(
        ConsistencyToken.Parse(view.After ?? "").Streams.Where(stream => stream.Topic == Topics.Graph));

    private async Task DecideGroupAsync(
        List<ViewedPost> posts,
        UserId viewer,
        ConsistencyToken token,
        Dictionary<PostId, Sight> sights,
        CancellationToken cancellationToken)
    {
        if (await TryDecideAsync(posts, viewer, token, _wait, sights, cancellationToken))
            return;
        // Somebody's post waits for what Graph does not know, or never will: it must not hide the others' posts.
        var byAfter = posts.GroupBy(view => AfterOf(view).ToString()).ToList();
        foreach (var some in byAfter.Where(_ => byAfter.Count > 1))
            await TryDecideAsync([.. some], viewer, token, TimeSpan.Zero, sights, cancellationToken);
    }

    /// <returns>False when Graph does not cover what the viewer, or one of the posts, asks for.</returns>
    private async Task<bool> TryDecideAsync(
        List<ViewedPost> posts,
        UserId viewer,
        ConsistencyToken token,
        TimeSpan wait,
        Dictionary<PostId, Sight> sights,
        CancellationToken cancellationToken)
    {
        var request = new BatchGetRelationshipsRequest
        {
            UserId = viewer.ToString(),
            OtherUserIds = { posts.Select(view => view.Post.AuthorId.ToString()).Distinct() },
            ConsistencyToken = posts.Aggregate(token, (merged, view) => merged.Merge(AfterOf(view))).ToString(),
            MaxWait = Duration.FromTimeSpan(wait),
        };
        try
        {
            var answer = await graph.BatchGetRelationshipsAsync(
                request, OutgoingCall.Options(viewer, _timeout, clock, cancellationToken));
            if (!answer.Freshness.Satisfied)
                return false;
            var followed = answer.Relationships.Where(relation => relation.Following)
                .Select(relation => relation.UserId).ToHashSet();
            foreach (var post in posts.Select(view => view.Post))
                sights[post.Id] = followed.Contains(post.AuthorId.ToString()) ? Sight.Visible : Sight.Hidden;
            return true;
        }
        catch (RpcException exception) when (exception.GetReason() == ErrorReasons.NameOf(ErrorReason.LogChanged))
        {
            return false;
        }
    }
}
