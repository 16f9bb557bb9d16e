using DaprSocial.Posts.V1;
using static DaprSocial.SearchIndex.Tests.World;

namespace DaprSocial.SearchIndex.Tests;

/// <summary>Misspelt words.</summary>
internal static class SpellingChecks
{
    public static IReadOnlyList<ContractCheck> All { get; } =
    [
        Suggests("typo-replaced", "One letter for another.", "hause", "house"),
        Suggests("typo-missing", "A letter left out.", "huse", "house"),
        Suggests("typo-more", "A letter too many.", "houuse", "house"),
        Suggests("typo-swapped", "Two letters swapped.", "hosue", "house"),
        Suggests("typo-two", "Two slips in a long word.", "philosofical", "philosophical"),
        SuggestsNot("typo-short", "Two slips in a short one are another word.", "huze", "horse"),
        SuggestsNot("typo-known", "A word that some post has is not misspelt.", "house", "house horse"),
        new("typo-most-likely", "Of words equally near, those of more posts come first; three at most.", async index =>
        {
            await index.PutAsync(
                Post("cart", hours: 1), Post("part", hours: 2), Post("part", hours: 3), Post("dart", hours: 4),
                Post("tart", hours: 5), Post("dart", hours: 6), Post("dart", hours: 7));

            var similar = await index.FindSimilarAsync("wart");

            Assert.Equal(["dart", "part", "cart"], similar["wart"]);
        }),
        new("typo-private", "Words of posts that are not public are suggested to nobody.", async index =>
        {
            await index.PutAsync(Post("clandestine") with { Visibility = Visibility.Followers });

            Assert.Empty(await index.FindSimilarAsync("clandestina"));
        }),
        new("typo-others", "Only words that have similar ones are named.", async index =>
        {
            await index.PutAsync(Post("umbrella"));

            var similar = await index.FindSimilarAsync("umbrela", "xylophone", "umbrella");

            Assert.Equal("umbrela", Assert.Single(similar).Key);
        }),
        new("corrected", "A term with other words beside it finds posts with either.", async index =>
        {
            var post = Post("umbrella");
            await index.PutAsync(post);
            var search = Recent("umbrela");

            var corrected = search with { Required = [search.Required[0] with { Alternatives = ["umbrella"] }] };

            Assert.Equal([post.Id], await index.FindAsync(corrected));
            Assert.Equal([post.Id], await index.FindAsync(corrected with { Order = Top("x").Order }));
        }),
    ];

    private static ContractCheck Suggests(string id, string proves, string typed, string text) =>
        new(id, proves + " The word that was meant is suggested.", async index =>
        {
            await index.PutAsync(Post(text), Post("entirely different words besides"));

            Assert.Equal([text], (await index.FindSimilarAsync(typed))[typed]);
        });

    private static ContractCheck SuggestsNot(string id, string proves, string typed, string text) =>
        new(id, proves, async index =>
        {
            await index.PutAsync(Post(text));

            Assert.Empty(await index.FindSimilarAsync(typed));
        });
}
