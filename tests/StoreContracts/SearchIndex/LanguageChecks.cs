using static DaprSocial.SearchIndex.Tests.World;

namespace DaprSocial.SearchIndex.Tests;

/// <summary>Words in many languages.</summary>
internal static class LanguageChecks
{
    public static IReadOnlyList<ContractCheck> All { get; } =
    [
        Finds("english", "Endings do not matter in English.", "en", "The houses were running", "house run"),
        Finds("german", "Nor in German, umlauts included.", "de", "Die Häuser der Nachbarn", "Haus"),
        Finds("french", "Nor in French, with or without accents.", "fr", "Les élèves étudiaient", "étudier eleve"),
        Finds("spanish", "Nor in Spanish, of nouns and of verbs.", "es", "Quitando las piedras", "piedra quitar"),
        Finds("language-region", "A region after the language changes nothing.", "de-at", "Die Häuser", "haus"),
        FindsNot("no-language", "Without a language words are as they are written.", "", "houses", "house"),
        Finds("no-language-exact", "As they are written they are found.", "", "houses", "houses"),
        FindsNot("other-grammar", "A grammar counts for posts of its language only.", "en", "not a fish", "notes"),
        Finds("case-accents", "Upper case and accents do not matter.", "es", "TROPEZÓN", "tropezon"),
        Finds("sharp-s", "ß is ss, as on keyboards without it.", "de", "Straße", "strasse"),
        Finds("full-width", "Full-width letters are letters.", "ja", "ＨＥＬＬＯ", "hello"),
        Finds("chinese", "Any part of a Chinese text is found.", "zh", "今天早上好天气", "早上好"),
        Finds("chinese-one", "So is a single character, also the last one.", "zh", "今天早上好天气", "气"),
        Finds("chinese-without-language", "Also where no language is given.", "", "今天早上好天气", "天气"),
        FindsNot("chinese-order", "Characters in another order are not.", "zh", "今天早上好天气", "好早"),
        FindsNot("chinese-gap", "Nor are those with others between them.", "zh", "今天早上好天气", "今早"),
        Finds("japanese", "Nor do Japanese scripts part.", "ja", "東京タワーへ行きます", "タワーへ行"),
        Finds("korean", "Korean endings do not hide a word.", "ko", "학교에서 만나요", "학교"),
        Finds("thai", "Thai has no spaces either.", "th", "สวัสดีชาวโลก", "ชาวโลก"),
        Finds("mixed", "Scripts in one text and in one query.", "zh", "我用iPhone手机", "iphone手机"),
        Finds("russian", "Cyrillic, with its grammar.", "ru", "Красивые дома", "дом"),
        Finds("emoji-around", "Pictures beside words do not stick to them.", "en", "🎉party🎉", "party"),
        Finds(
            "stop-word", "Small words are words: a phrase of them is found.", "en", "To be, or not",
            "\"to be or not\""),
        new("huge-word", "A word of 3,000 characters is taken, and found by itself.", async index =>
        {
            var post = Post(new string('a', 3000));
            await index.PutAsync(post);

            Assert.Equal([post.Id], await index.FindAsync(new string('a', 400)));
        }),
        new("odd-characters", "Quotes, backslashes, engines' operators, half surrogates are harmless.", async index =>
        {
            var post = Post(@"it's ' \ : & | ! <-> ( ) * %s {0} "" -- ; drop \' \ud800 end", "en");
            await index.PutAsync(post);

            Assert.Equal([post.Id], await index.FindAsync(@"it's & end ; drop ( <-> :* \' |"));
        }),
    ];

    private static ContractCheck Finds(string id, string proves, string language, string text, string query) =>
        Check(id, proves, language, text, query, isFound: true);

    private static ContractCheck FindsNot(string id, string proves, string language, string text, string query) =>
        Check(id, proves, language, text, query, isFound: false);

    private static ContractCheck Check(
        string id, string proves, string language, string text, string query, bool isFound) =>
        new(id, proves, async index =>
        {
            var post = Post(text, language);
            await index.PutAsync(post, Post("nothing of all this", "en"));

            Assert.Equal(isFound ? [post.Id] : [], await index.FindAsync(query));
        });
}
