using DaprSocial.Load.Input;

namespace DaprSocial.Bench.Searching;

/// <summary>The kinds of queries, made of words that the texts have. The same texts give the same ones.</summary>
internal static class SearchKinds
{
    private const int QueryCount = 200;
    private const int WordLengthMin = 5;
    private const int ChineseLength = 3;
    private const int PrefixLength = 4;

    public static IReadOnlyList<SearchKind> Make(IReadOnlyList<PostText> texts)
    {
        var random = new Random(2);
        var words = texts.Where(text => text.Language != "zh")
            .Select(text => (text, Words: WordsOf(text.Text)))
            .Where(text => text.Words.Count >= 2).ToList();
        var counts = words.SelectMany(text => text.Words.Distinct()).GroupBy(word => word)
            .Select(group => (Word: group.Key, Count: group.Count())).OrderByDescending(word => word.Count).ToList();
        var frequent = counts.Take(20).Select(word => word.Word).ToList();
        var rare = counts.Where(word => word.Count is >= 2 and <= 5).Select(word => word.Word).Order().ToList();
        var chinese = texts.Where(text => text.Language == "zh").SelectMany(text => PartsOf(text.Text)).ToList();

        var one = Repeat(() => rare[random.Next(rare.Count)]);
        var often = Repeat(() => frequent[random.Next(frequent.Count)]);
        var two = Repeat(() => Of(words, random, list => $"{list[0]} {list[1]}"));
        var phrases = Repeat(() => PhraseOf(words[random.Next(words.Count)].text.Text, random));
        var beginnings = Repeat(() => rare[random.Next(rare.Count)][..PrefixLength]);
        List<SearchKind> kinds =
        [
            new("a rare word", one, false, PlainFunction.Words, one),
            new("a frequent word", often, false, PlainFunction.Words, often),
            new("two words", two, false, PlainFunction.Words, two),
            new("a phrase", [.. phrases.Select(text => $"\"{text}\"")], false, PlainFunction.Phrase, phrases),
            new("a beginning", [.. beginnings.Select(text => text + "*")], false, PlainFunction.Prefix, beginnings),
            new("two words, best first", two, true, null, []),
            new("a frequent word, best first", often, true, null, []),
            new("operators", [.. one.Select(word => $"{word} lang:en since:2026-01-05 -zebra")], false, null, []),
            new("a misspelt word", [.. one.Select(word => Misspell(word, random))], false, null, []),
        ];
        if (chinese.Count > 0)
        {
            var parts = Repeat(() => chinese[random.Next(chinese.Count)]);
            kinds.Add(new("Chinese", parts, false, null, []));
        }

        return kinds;
    }

    private static List<string> Repeat(Func<string> make) => [.. Enumerable.Range(0, QueryCount).Select(_ => make())];

    private static string Of(
        List<(PostText text, List<string> Words)> texts, Random random, Func<List<string>, string> make)
    {
        var words = texts[random.Next(texts.Count)].Words;
        return make([.. words.OrderBy(_ => random.Next())]);
    }

    private static List<string> WordsOf(string text) =>
    [
        .. text.ToLowerInvariant().Split(' ')
            .Where(word => word.Length >= WordLengthMin && word.All(char.IsAsciiLetterLower)),
    ];

    private static string PhraseOf(string text, Random random)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => string.Concat(word.Where(char.IsLetterOrDigit))).Where(word => word.Length > 0).ToList();
        return string.Join(' ', words.Skip(random.Next(Math.Max(1, words.Count - 2))).Take(3));
    }

    private static IEnumerable<string> PartsOf(string text) =>
        from start in Enumerable.Range(0, Math.Max(0, text.Length - ChineseLength + 1))
        let part = text.Substring(start, ChineseLength)
        where part.All(letter => char.IsLetter(letter) && !char.IsAscii(letter))
        select part;

    private static string Misspell(string word, Random random)
    {
        var at = random.Next(1, word.Length - 1);
        return word[..at] + word[(at + 1)..];
    }
}
