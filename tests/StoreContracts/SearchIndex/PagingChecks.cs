using DaprSocial.Search.Index;
using static DaprSocial.SearchIndex.Tests.World;

namespace DaprSocial.SearchIndex.Tests;

/// <summary>Orders and pages.</summary>
internal static class PagingChecks
{
    public static IReadOnlyList<ContractCheck> All { get; } =
    [
        new("recent", "The newest come first.", async index =>
        {
            var posts = Enumerable.Range(0, 3).Select(i => Post("same", hours: i)).ToList();
            await index.PutAsync(posts);

            Assert.Equal(posts.Select(post => post.Id).Reverse(), await index.FindAsync("same"));
        }),
        new("boundary-page", "Exactly one page is one page, and nothing follows it.", async index =>
        {
            await index.PutAsync([.. Enumerable.Range(0, 10).Select(i => Post("page", hours: i))]);

            var page = await index.Index.SearchPostsAsync(Recent("page"), CancellationToken.None);

            Assert.Equal(10, page.Count);
            Assert.Empty(await index.FindAsync(Recent("page") with { After = page[^1] }));
        }),
        new("pages-recent", "Pages put together are the whole in its order, whatever their size.", async index =>
            await CheckPagesAsync(index, Recent("word"))),
        new("pages-top", "The same holds for the best first, also where many have the same score.", async index =>
            await CheckPagesAsync(index, Top("word"))),
        new("pages-top-later", "With the best first, posts written after its moment are on no page.", async index =>
        {
            await index.PutAsync([.. Enumerable.Range(0, 6).Select(i => Post("moment", hours: i))]);
            var first = await index.Index.SearchPostsAsync(Top("moment") with { Limit = 3 }, CancellationToken.None);

            await index.PutAsync(Post("moment", hours: 48));

            var rest = await index.FindAsync(Top("moment") with { After = first[^1] });
            Assert.Equal(6, first.Select(match => match.Id).Concat(rest).Distinct().Count());
        }),
        new("top-relevance", "Of posts of one age, the one that says a word more often is the better.", async index =>
        {
            var once = Post("tea for all of the guests", hours: 1);
            var often = Post("tea, tea and more tea", hours: 1);
            await index.PutAsync(once, often);

            Assert.Equal([often.Id, once.Id], await index.FindAsync(Top("tea")));
        }),
        new("top-recency", "Of posts that say the same, the newer is the better.", async index =>
        {
            var older = Post("same old song", hours: 1);
            var newer = Post("same old song", hours: 20);
            await index.PutAsync(older, newer);

            Assert.Equal([newer.Id, older.Id], await index.FindAsync(Top("song")));
        }),
        new("top-deterministic", "The same search gives the same scores.", async index =>
        {
            await index.PutAsync([.. Enumerable.Range(0, 9).Select(i => Post($"score {i}", hours: i))]);

            var one = await index.Index.SearchPostsAsync(Top("score"), CancellationToken.None);
            var other = await index.Index.SearchPostsAsync(Top("score"), CancellationToken.None);

            Assert.Equal(one, other);
        }),
    ];

    private static async Task CheckPagesAsync(IIndexUnderTest index, PostSearch search)
    {
        // Pairs of the same moment and text, so that ids decide.
        await index.PutAsync([.. Enumerable.Range(0, 24).Select(i => Post($"word {i % 3}", hours: i / 2))]);
        var whole = await index.FindAsync(search with { Limit = 1000 });
        Assert.Equal(24, whole.Distinct().Count());

        foreach (var size in new[] { 1, 5, 24 })
        {
            var (pages, after) = (new List<PostId>(), (PostMatch?)null);
            while (await index.Index.SearchPostsAsync(
                search with { After = after, Limit = size }, CancellationToken.None) is { Count: > 0 } page)
            {
                pages.AddRange(page.Select(match => match.Id));
                after = page[^1];
            }

            Assert.Equal(whole, pages);
        }
    }
}
