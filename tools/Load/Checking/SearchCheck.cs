using System.Globalization;
using DaprSocial.Load.Driving;
using DaprSocial.Load.Generation;
using DaprSocial.Search.V1;

namespace DaprSocial.Load.Checking;

/// <summary>Checks that every public post is found by one of its words, and nothing that is not to be seen.</summary>
internal sealed class SearchCheck(CheckContext context)
{
    private const string Listing = "search for own words";
    private const int PageSizeMax = 100;

    private readonly SocialModel _model = context.Model;

    /// <summary>An author's posts by words: as few searches as it takes to have every post in one.</summary>
    public IEnumerable<Check> ChecksOf(Guid author)
    {
        var posts = _model.AuthorTimelineOf(author, author);
        var left = posts.Where(post => !post.FollowersOnly && OwnWords.Of(post.Text ?? "").Count > 0)
            .ToDictionary(post => post, post => OwnWords.Of(post.Text!));
        while (left.Count > 0)
        {
            var word = left.Values.SelectMany(words => words).GroupBy(word => word)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
                .First().Key;
            var found = left.Where(post => post.Value.Contains(word)).Select(post => post.Key).ToList();
            foreach (var post in found)
                left.Remove(post);
            yield return new Check(
                Listing, _model.NameOf(author), token => CheckAsync(author, word, found, posts.Count, token));
        }
    }

    /// <summary>As a user whom the seed picks; others of the author's posts have the word, too.</summary>
    private async Task CheckAsync(
        Guid author, string word, List<StoredPost> expected, int countMax, CancellationToken cancellationToken)
    {
        var seed = context.Seed.ToString(CultureInfo.InvariantCulture);
        var viewer = new SeededRandom("searcher", seed, _model.NameOf(author), word).Pick(_model.UserIds);
        var query = $"{word} from:{_model.NameOf(author)}";
        var size = PageSizes.OfTimeline(context.Seed, Listing, _model.NameOf(viewer));
        var ids = await context.Listings.ReadAsync(
            Listing, query, size == 0 ? PageSizeMax : PageSizes.Effective(size, PageSizeMax), countMax,
            token => ReadAsync(query, viewer, size, token, cancellationToken));
        // What it finds besides, by other forms of the word, must only be there for the viewer and the author's.
        var besides = ids.Except(expected.Select(post => post.Id))
            .Where(id => _model.FindPost(id) is { } post && post.AuthorId == author && _model.CanSee(viewer, post));
        var wanted = expected.Where(post => _model.CanSee(viewer, post)).Select(post => post.Id).Concat(besides);
        context.Differences.AddRange(
            ListComparer.Compare(Listing, query, [.. wanted.OrderDescending()], [.. ids]));
        context.Tally.AddSearch(expected.Count);
    }

    private async Task<Page<Guid>> ReadAsync(
        string query, Guid viewer, int pageSize, string pageToken, CancellationToken cancellationToken)
    {
        var request = new SearchPostsRequest { Query = query, PageSize = pageSize, PageToken = pageToken };
        var answer = await context.Mesh.CallAsync(
            AppIds.Search,
            viewer,
            CheckContext.CallTimeout,
            options => context.Mesh.Search.SearchPostsAsync(request, options),
            cancellationToken);
        return new(
            [.. answer.Hits.Select(hit => Guid.Parse(hit.Post?.Post?.Id ?? ""))], answer.NextPageToken,
            answer.Complete, answer.Freshness is { Satisfied: true });
    }
}
