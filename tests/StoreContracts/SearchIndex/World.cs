using DaprSocial.Identifiers;
using DaprSocial.Posts.V1;
using DaprSocial.Search.Domain;
using DaprSocial.Search.Index;
using DaprSocial.Search.Language;
using DaprSocial.Search.Text;

namespace DaprSocial.SearchIndex.Tests;

/// <summary>Documents and searches as short as checks want them.</summary>
internal static class World
{
    /// <summary>When the first post of a check was written.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 10, 0, 0, 0, TimeSpan.Zero);

    public static readonly UserId Ada = new(Uuid.Create(1));
    public static readonly UserId Bob = new(Uuid.Create(2));
    public static readonly UserId Cleo = new(Uuid.Create(3));

    /// <summary>A post of Ada's, to be changed by <c>with</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="language">Its tag.</param>
    /// <param name="hours">When it was written, after <see cref="Start"/>.</param>
    public static PostDocument Post(string text, string language = "en", double hours = 0) => new(
        new PostId(Uuid.Create(Start.AddHours(hours).ToUnixTimeMilliseconds())), Ada, null, Visibility.Public,
        language, text, HasMedia: false, IsDeleted: false, EntityVersion: 1);

    public static UserDocument User(UserId id, string handle, string name = "", string bio = "") =>
        new(id, handle, name, bio, IsDeleted: false, EntityVersion: 1);

    /// <summary>A search by nobody, the newest first, of ten posts at most.</summary>
    public static PostSearch Recent(string query)
    {
        var expression = QueryParser.Parse(query);
        return new PostSearch(
            expression.Required, expression.Excluded, null, null, expression.Languages, expression.Since,
            expression.Until, expression.HasMedia, null, [], SearchOrder.Recent, null, 10);
    }

    /// <summary>The best first, as of a day after the start.</summary>
    public static PostSearch Top(string query) =>
        Recent(query) with { Order = new SearchOrder(Start.AddDays(1)) };

    public static UserSearch People(string query, bool isTypeahead = false) => new(
        query, [.. Tokenizer.Cut(query).Where(token => token.Kind != TokenKind.Tag)], isTypeahead, null, 10);

    public static Task PutAsync(this IIndexUnderTest index, params IReadOnlyCollection<PostDocument> posts) =>
        index.PutAsync(posts, [], CancellationToken.None);

    public static Task PutAsync(this IIndexUnderTest index, params IReadOnlyCollection<UserDocument> users) =>
        index.PutAsync([], users, CancellationToken.None);

    public static async Task<IReadOnlyList<PostId>> FindAsync(this IIndexUnderTest index, PostSearch search) =>
        [.. (await index.Index.SearchPostsAsync(search, CancellationToken.None)).Select(match => match.Id)];

    public static Task<IReadOnlyList<PostId>> FindAsync(this IIndexUnderTest index, string query) =>
        index.FindAsync(Recent(query));

    public static async Task<IReadOnlyList<UserId>> FindUsersAsync(
        this IIndexUnderTest index, string query, bool isTypeahead = false) =>
        [
            .. (await index.Index.SearchUsersAsync(People(query, isTypeahead), CancellationToken.None))
                .Select(match => match.Id),
        ];

    public static Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> FindSimilarAsync(
        this IIndexUnderTest index, params IReadOnlyCollection<string> words) =>
        index.Index.FindSimilarAsync(words, CancellationToken.None);

    /// <summary>What a query finds in a text, cut out of it.</summary>
    public static async Task<IReadOnlyList<string>> HighlightAsync(
        this IIndexUnderTest index, string query, string text, string language)
    {
        var spans = await index.Index.HighlightAsync(
            QueryParser.Parse(query).Required, [(text, language)], CancellationToken.None);
        return [.. Assert.Single(spans).Select(span => text[span.Start..span.End])];
    }
}
