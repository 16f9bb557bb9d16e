using DaprSocial.Identifiers;
using DaprSocial.Load.Input;

namespace DaprSocial.Bench.Searching;

/// <summary>
/// As many posts as wanted of the texts there are: each text once as it is, then again with words of another one of its
/// language in it, so that neither all posts are different nor many the same. A minute apart.
/// </summary>
internal static class BenchPosts
{
    private const int AuthorCount = 1000;
    private const int WordsAdded = 3;
    private static readonly DateTimeOffset _first = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<BenchPost> Make(IReadOnlyList<PostText> texts, int count)
    {
        var random = new Random(1);
        var byLanguage = texts.GroupBy(text => text.Language).ToDictionary(group => group.Key, group => group.ToList());
        for (var number = 0; number < count; number++)
        {
            var text = texts[number % texts.Count];
            var content = number < texts.Count
                ? text.Text
                : $"{text.Text} {WordsOf(byLanguage[text.Language], random)}";
            yield return new BenchPost(
                Uuid.Create(_first.AddMinutes(number).ToUnixTimeMilliseconds()),
                Uuid.Create(number % AuthorCount), text.Language, content);
        }
    }

    private static string WordsOf(List<PostText> texts, Random random)
    {
        var words = texts[random.Next(texts.Count)].Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var first = random.Next(Math.Max(1, words.Length - WordsAdded));
        return string.Join(' ', words.Skip(first).Take(WordsAdded));
    }
}
