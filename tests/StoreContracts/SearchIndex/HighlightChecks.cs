namespace DaprSocial.SearchIndex.Tests;

/// <summary>What is marked in texts.</summary>
internal static class HighlightChecks
{
    public static IReadOnlyList<ContractCheck> All { get; } =
    [
        Marks(
            "mark-forms", "All forms of a word.", "en", "House, houses, Housing", "house",
            "House", "houses", "Housing"),
        Marks("mark-phrase", "A phrase as one.", "en", "a quick, brown fox; brown", "\"quick brown\"", "quick, brown"),
        Marks("mark-tag", "A tag with its mark.", "en", "so #Early it is, early", "#early", "#Early"),
        Marks(
            "mark-prefix", "The whole word that begins so.", "en", "Wonderful wonder", "wonder*",
            "Wonderful", "wonder"),
        Marks("mark-chinese", "A part of a text without spaces.", "zh", "今天早上好天气", "早上好", "早上好"),
        Marks("mark-chinese-one", "A single character.", "zh", "天气好天", "天", "天", "天"),
        Marks("mark-accents", "Original spelling.", "es", "un TROPEZÓN más", "tropezon", "TROPEZÓN"),
        Marks("mark-surrogates", "Places count UTF-16 code units.", "en", "🎉🎉 party", "party", "party"),
        Marks("mark-markup", "Markup is text.", "en", "<b>bold</b> & <i>", "bold", "bold"),
        Marks("mark-nothing", "Nothing where nothing is found.", "en", "plain", "other"),
        new("mark-order", "Ranges are in order, and those that touch are one.", async index =>
            Assert.Equal(["早上好天"], await index.HighlightAsync("天 好天 早上好", "早上好天", "zh"))),
    ];

    private static ContractCheck Marks(
        string id, string proves, string language, string text, string query, params string[] marked) =>
        new(id, proves + " Marked as they stand in the text.", async index =>
            Assert.Equal(marked, await index.HighlightAsync(query, text, language)));
}
