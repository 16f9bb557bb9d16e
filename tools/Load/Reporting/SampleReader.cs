using System.Globalization;
using DaprSocial.Load.Checking;
using DaprSocial.Load.Driving;
using DaprSocial.Load.Generation;
using DaprSocial.Load.Input;
using DaprSocial.Posts.V1;
using DaprSocial.Search.V1;
using DaprSocial.Timelines.V1;
using DaprSocial.Users.V1;
using Grpc.Core;

namespace DaprSocial.Load.Reporting;

/// <summary>Reads a home timeline and a thread to show, from the services as any client would.</summary>
internal sealed class SampleReader(CheckContext context)
{
    private const int HomeEntries = 10;
    private const int ThreadReplies = 6;
    private const int SearchHits = 3;

    private readonly Mesh _mesh = context.Mesh;
    private readonly SocialModel _model = context.Model;

    /// <summary>Of one of the graph's users, whom the seed picks; null when nobody has entries.</summary>
    public async Task<SampleTimeline?> ReadHomeAsync(IReadOnlyList<Guid> users, CancellationToken cancellationToken)
    {
        var random = new SeededRandom("sample", context.Seed.ToString(CultureInfo.InvariantCulture));
        var candidates = users.ToArray();
        random.Shuffle(candidates);
        var user = candidates.FirstOrDefault(candidate => _model.HomeOf(candidate).Count >= HomeEntries);
        if (user == Guid.Empty)
        {
            return null;
        }

        var request = new ListHomeTimelineRequest { PageSize = HomeEntries, View = View.Full };
        return await OrNullAsync(async () =>
        {
            var answer = await _mesh.CallAsync(
                AppIds.Timelines,
                user,
                CheckContext.CallTimeout,
                options => _mesh.Timelines.ListHomeTimelineAsync(request, options),
                cancellationToken);
            var owner = (await ReadUsersAsync([user], cancellationToken)).GetValueOrDefault($"{user}");
            return new SampleTimeline(
                owner?.DisplayName ?? "",
                owner?.Handle ?? "",
                [
                    .. answer.Entries
                        .Where(entry => entry.Post?.Post is not null)
                        .Select(entry => Entry(entry.Post, entry.Author)),
                ]);
        });
    }

    /// <summary>Of the public post with most replies; null when there is none.</summary>
    public async Task<SampleThread?> ReadThreadAsync(CancellationToken cancellationToken)
    {
        var post = _model.Posts
            .Where(post => post is { Deleted: false, FollowersOnly: false })
            .MaxBy(post => _model.ReplyCountOf(post.Id));
        return post is null || _model.ReplyCountOf(post.Id) == 0
            ? null
            : await OrNullAsync(() => ReadThreadAsync(post, cancellationToken));
    }

    /// <summary>Searches by nobody in particular, the best first, for words that the seed picks.</summary>
    /// <param name="texts">What was posted, for its languages.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<SampleSearch>> ReadSearchesAsync(
        PostTextSource texts, CancellationToken cancellationToken)
    {
        var languages = texts.Texts.DistinctBy(text => text.Text)
            .ToDictionary(text => text.Text, text => text.Language);
        var posts = _model.Posts
            .Where(post => post is { Deleted: false, FollowersOnly: false, Text: not null })
            .Select(post => new PostText(languages.GetValueOrDefault(post.Text!, ""), post.Text!));
        var random = new SeededRandom("queries", context.Seed.ToString(CultureInfo.InvariantCulture));
        var searches = new List<SampleSearch>();
        foreach (var query in SampleQueries.Of(posts, random))
        {
            if (await OrNullAsync(() => ReadSearchAsync(query, cancellationToken)) is { } search)
                searches.Add(search);
        }

        return searches;
    }

    private async Task<SampleSearch> ReadSearchAsync(string query, CancellationToken cancellationToken)
    {
        var request = new SearchPostsRequest { Query = query, Order = Order.Top, PageSize = SearchHits };
        var answer = await _mesh.CallAsync(
            AppIds.Search,
            actor: null,
            CheckContext.CallTimeout,
            options => _mesh.Search.SearchPostsAsync(request, options),
            cancellationToken);
        return new SampleSearch(
            query,
            string.Join(", ", answer.Corrections.SelectMany(correction => correction.Alternatives)),
            [.. answer.Hits.Select(hit => Entry(hit.Post, hit.Author))]);
    }

    private async Task<SampleThread> ReadThreadAsync(StoredPost post, CancellationToken cancellationToken)
    {
        var getPost = new GetPostRequest { PostId = $"{post.Id}" };
        var root = await _mesh.CallAsync(
            AppIds.Posts,
            post.AuthorId,
            CheckContext.CallTimeout,
            options => _mesh.Posts.GetPostAsync(getPost, options),
            cancellationToken);
        var listReplies = new ListRepliesRequest { PostId = $"{post.Id}", PageSize = ThreadReplies };
        var replies = await _mesh.CallAsync(
            AppIds.Posts,
            post.AuthorId,
            CheckContext.CallTimeout,
            options => _mesh.Posts.ListRepliesAsync(listReplies, options),
            cancellationToken);
        PostView[] views = [root.View, .. replies.Replies];
        var authors = await ReadUsersAsync(
            [.. views.Select(view => Guid.Parse(view.Post.AuthorId)).Distinct()], cancellationToken);
        return new SampleThread(
            Entry(root.View, authors.GetValueOrDefault(root.View.Post.AuthorId)),
            [.. replies.Replies.Select(reply => Entry(reply, authors.GetValueOrDefault(reply.Post.AuthorId)))]);
    }

    private async Task<Dictionary<string, User>> ReadUsersAsync(
        IReadOnlyList<Guid> users, CancellationToken cancellationToken)
    {
        var request = new BatchGetUsersRequest { UserIds = { users.Select(user => $"{user}") } };
        var answer = await _mesh.CallAsync(
            AppIds.Users,
            actor: null,
            CheckContext.CallTimeout,
            options => _mesh.Users.BatchGetUsersAsync(request, options),
            cancellationToken);
        return answer.Users.ToDictionary(user => user.Id);
    }

    private static SampleEntry Entry(PostView view, User? author) => new(
        view.Post.Id,
        author?.DisplayName ?? "",
        author?.Handle ?? "",
        view.Post.Text,
        view.Post.ReplyTo.Length > 0,
        view.LikeCount,
        view.ReplyCount);

    // The check has reported by then that the services refuse; the rest of the report is still worth having.
    private static async Task<T?> OrNullAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (RpcException exception) when (exception.StatusCode != StatusCode.Unavailable)
        {
            return null;
        }
    }
}
