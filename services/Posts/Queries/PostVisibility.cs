using DaprSocial.Consistency;
using DaprSocial.Graph.V1;
using DaprSocial.Hosting;
using DaprSocial.Posts.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Posts.Queries;

/// <summary>Decides who sees which post. Only posts that are neither public nor the viewer's own need Graph.</summary>
internal sealed class PostVisibility(
    GraphService.GraphServiceClient graph, TimeProvider clock, ILogger<PostVisibility> logger)
{
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(2);

    /// <summary>What the viewer sees of each post. Deleted posts are hidden from everybody.</summary>
    /// <param name="posts">At most 100.</param>
    /// <param name="viewer">Null for nobody.</param>
    /// <param name="token">State of the viewer's own follows that Graph must cover.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyDictionary<PostId, Sight>> DecideAsync(
        IReadOnlyCollection<ViewedPost> posts, UserId? viewer, ConsistencyToken token,
        CancellationToken cancellationToken)
    {
        var sights = posts.ToDictionary(view => view.Post.Id, view => WithoutGraph(view, viewer) ?? Sight.Undecided);
        if (viewer is not { } user)
            return sights;
        foreach (var group in GroupByTokens(posts.Where(view => WithoutGraph(view, viewer) is null), token))
        {
            foreach (var (id, sight) in await AskGraphAsync(group.Posts, user, group.Token, cancellationToken))
                sights[id] = sight;
        }

        return sights;
    }

    /// <summary>Null when only Graph can tell.</summary>
    private static Sight? WithoutGraph(ViewedPost view, UserId? viewer) => view.Post switch
    {
        { IsDeleted: true } => Sight.Hidden,
        { Visibility: Visibility.Public } => Sight.Visible,
        var post when post.AuthorId == viewer => Sight.Visible,
        _ when viewer is null => Sight.Hidden,
        _ => null,
    };

    /// <summary>
    /// One question to Graph covers many posts, as long as what they were written after fits in one token.
    /// </summary>
    private static IEnumerable<(List<ViewedPost> Posts, ConsistencyToken Token)> GroupByTokens(
        IEnumerable<ViewedPost> posts, ConsistencyToken token)
    {
        var group = (Posts: new List<ViewedPost>(), Token: token);
        foreach (var view in posts)
        {
            var after = ConsistencyToken.Parse(view.After);
            if (group.Posts.Count > 0
                && group.Token.Streams.Length + after.Streams.Length > ConsistencyToken.StreamsMax)
            {
                yield return group;
                group = ([], token);
            }

            group.Posts.Add(view);
            group.Token = group.Token.Merge(after);
        }

        if (group.Posts.Count > 0)
            yield return group;
    }

    private async Task<IEnumerable<(PostId, Sight)>> AskGraphAsync(
        List<ViewedPost> posts, UserId viewer, ConsistencyToken token, CancellationToken cancellationToken)
    {
        var authors = posts.Select(view => view.Post.AuthorId.ToString()).Distinct();
        var request = new BatchGetRelationshipsRequest
        {
            UserId = viewer.ToString(),
            OtherUserIds = { authors },
            ConsistencyToken = token.ToString(),
            MaxWait = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(500)),
        };
        try
        {
            var answer = await graph.BatchGetRelationshipsAsync(
                request, OutgoingCall.Options(viewer, _timeout, clock, cancellationToken));
            var followed = answer.Relationships.Where(relation => relation.Following)
                .Select(relation => relation.UserId).ToHashSet();
            return posts.Select(view => (view.Post.Id, !answer.Freshness.Satisfied
                ? Sight.Undecided
                : followed.Contains(view.Post.AuthorId.ToString()) ? Sight.Visible : Sight.Hidden));
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            PostsLog.GraphUnavailable(logger, posts.Count, exception);
            return posts.Select(view => (view.Post.Id, Sight.Undecided));
        }
    }
}
