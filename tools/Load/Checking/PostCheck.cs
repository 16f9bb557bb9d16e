using System.Globalization;
using DaprSocial.Load.Driving;
using DaprSocial.Load.Generation;
using DaprSocial.Posts.V1;

namespace DaprSocial.Load.Checking;

/// <summary>Checks posts and their counts as somebody may see them, and the replies to them.</summary>
internal sealed class PostCheck(CheckContext context)
{
    /// <summary>Posts that one BatchGetPosts may ask for.</summary>
    public const int BatchSize = 100;

    private const int ReplyPageSizeMax = 100;

    private readonly SocialModel _model = context.Model;

    /// <summary>As a user whom the seed picks; deleted and hidden posts must be named as missing.</summary>
    public async Task CheckBatchAsync(IReadOnlyList<StoredPost> batch, CancellationToken cancellationToken)
    {
        const string listing = "posts by id";
        var seed = context.Seed.ToString(CultureInfo.InvariantCulture);
        var viewer = new SeededRandom("reader", seed, $"{batch[0].Id}").Pick(_model.UserIds);
        var name = _model.NameOf(viewer);
        var request = new BatchGetPostsRequest { PostIds = { batch.Select(post => $"{post.Id}") } };
        var answer = await context.Mesh.CallAsync(
            AppIds.Posts,
            viewer,
            CheckContext.CallTimeout,
            options => context.Mesh.Posts.BatchGetPostsAsync(request, options),
            cancellationToken);

        var seen = batch.Where(post => _model.CanSee(viewer, post)).ToDictionary(post => post.Id);
        var hidden = batch.Where(post => !seen.ContainsKey(post.Id)).Select(post => post.Id).ToArray();
        context.Differences.AddRange(ListComparer.Compare(
            listing, name, [.. seen.Keys], [.. answer.Views.Select(IdOf)]));
        context.Differences.AddRange(ListComparer.Compare(
            "ids of missing posts", name, hidden, [.. answer.MissingIds.Select(Guid.Parse)]));
        CompareViews(listing, viewer, seen, answer.Views);
        context.Tally.AddPosts(batch.Count);
    }

    /// <summary>As the author of the post.</summary>
    public async Task CheckRepliesAsync(StoredPost post, CancellationToken cancellationToken)
    {
        var listing = $"replies to {post.Id}";
        var viewer = post.AuthorId;
        var expected = _model.RepliesTo(post.Id, viewer);
        var size = PageSizes.OfTimeline(context.Seed, listing, _model.NameOf(viewer));
        var views = await context.Listings.ReadAsync(
            listing,
            _model.NameOf(viewer),
            PageSizes.Effective(size, ReplyPageSizeMax),
            expected.Count,
            pageToken => ReadRepliesAsync(post.Id, viewer, size, pageToken, cancellationToken));
        context.Differences.AddRange(ListComparer.Compare(
            listing,
            _model.NameOf(viewer),
            [.. expected.Select(reply => reply.Id)],
            [.. views.Select(IdOf)]));
        CompareViews(listing, viewer, expected.ToDictionary(reply => reply.Id), views);
        context.Tally.AddThread();
    }

    private void CompareViews(
        string listing, Guid viewer, Dictionary<Guid, StoredPost> expected, IReadOnlyList<PostView> views)
    {
        foreach (var (place, view) in views.Index())
        {
            if (expected.TryGetValue(IdOf(view), out var post))
            {
                context.Differences.AddRange(
                    context.Posts.Compare(listing, viewer, post, view, $"entry {place + 1}"));
            }
        }
    }

    private static Guid IdOf(PostView view) => Guid.Parse(view.Post?.Id ?? "");

    private async Task<Page<PostView>> ReadRepliesAsync(
        Guid post, Guid viewer, int pageSize, string pageToken, CancellationToken cancellationToken)
    {
        var request = new ListRepliesRequest { PostId = $"{post}", PageSize = pageSize, PageToken = pageToken };
        var answer = await context.Mesh.CallAsync(
            AppIds.Posts,
            viewer,
            CheckContext.CallTimeout,
            options => context.Mesh.Posts.ListRepliesAsync(request, options),
            cancellationToken);
        return new(answer.Replies, answer.NextPageToken, Complete: true, answer.Freshness is { Satisfied: true });
    }
}
