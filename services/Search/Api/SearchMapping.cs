using DaprSocial.Errors;
using DaprSocial.Identifiers;
using DaprSocial.Search.Domain;
using DaprSocial.Search.Index;
using DaprSocial.Search.Language;
using DaprSocial.Search.Queries;
using DaprSocial.Search.Text;
using DaprSocial.Search.V1;
using DaprSocial.Tokens.V1;
using Google.Protobuf;

namespace DaprSocial.Search.Api;

/// <summary>Between the contract and the domain. Total, save that a bad request is refused.</summary>
internal static class SearchMapping
{
    private const int UserQueryLengthMax = 100;
    private const int UserWordsMax = 8;
    private const int CorrectionsMax = 32;
    private const int AlternativesMax = 3;

    public static bool IsTop(Order order) => order switch
    {
        Order.Unspecified or Order.Recent => false,
        Order.Top => true,
        _ => throw Refusals.InvalidField("order", "not an order that this version knows."),
    };

    public static UserSearch ToSearch(this SearchUsersRequest request, int pageSize, UserSearchCursor? cursor)
    {
        QueryParser.CheckText(request.Query, UserQueryLengthMax);
        var text = Folding.Lower(request.Query.Trim().TrimStart('@'));
        var words = Tokenizer.Cut(text).Where(token => token.Kind != TokenKind.Tag).ToList();
        if (words.Count > UserWordsMax)
            throw SearchErrors.TooManyTerms(UserWordsMax);
        if (words.Count == 0 && !text.StartsWith('_'))
            throw SearchErrors.WithoutTerms();
        return new UserSearch(text, words, request.Typeahead, ToMatch(cursor), pageSize);
    }

    public static PostCursor ToCursor(this PostSearchCursor cursor, bool isTop)
    {
        if (!Uuid.TryFromBytes(cursor.LastId.Span, out var id) || !double.IsFinite(cursor.Score)
            || cursor.AsOfMs < 0 || cursor.AsOfMs > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() / 2
            || isTop != cursor.AsOfMs > 0
            || cursor.CorrectedWords.Count > CorrectionsMax || !cursor.CorrectedWords.All(IsWhole))
            throw Refusals.InvalidPageToken();
        return new PostCursor(
            new PostMatch(new PostId(id), default, cursor.Score),
            isTop ? DateTimeOffset.FromUnixTimeMilliseconds(cursor.AsOfMs) : null,
            cursor.CorrectedWords.DistinctBy(word => word.Word).ToDictionary(
                word => word.Word, word => (IReadOnlyList<string>)[.. word.Alternatives]));
    }

    public static PostSearchCursor ToProto(this PostCursor cursor) => new()
    {
        LastId = ByteString.CopyFrom(Uuid.ToBytes(cursor.After!.Id.Value)),
        Score = cursor.After.Score,
        AsOfMs = cursor.AsOf?.ToUnixTimeMilliseconds() ?? 0,
        CorrectedWords =
        {
            cursor.Corrections.Select(word => new CorrectedWord { Word = word.Key, Alternatives = { word.Value } }),
        },
    };

    public static UserSearchCursor ToProto(this UserMatch match) => new()
    {
        Group = match.Group,
        Handle = match.Handle,
        LastId = ByteString.CopyFrom(Uuid.ToBytes(match.Id.Value)),
    };

    public static PostHit ToProto(this FoundPost found) => new()
    {
        Post = found.View,
        Author = found.Author,
        Highlights = { found.Highlights.Select(span => new TextRange { Start = span.Start, End = span.End }) },
    };

    public static IEnumerable<Correction> ToProto(
        this IReadOnlyDictionary<string, IReadOnlyList<string>> corrections) =>
        corrections.Select(word => new Correction { Word = word.Key, Alternatives = { word.Value } });

    private static UserMatch? ToMatch(UserSearchCursor? cursor)
    {
        if (cursor is null)
            return null;
        return Uuid.TryFromBytes(cursor.LastId.Span, out var id) && !cursor.Handle.Contains('\0')
            ? new UserMatch(new UserId(id), cursor.Group, cursor.Handle)
            : throw Refusals.InvalidPageToken();
    }

    // A page token may be made up: nothing but words may come from it.
    private static bool IsWhole(CorrectedWord word) =>
        SearchTerm.IsCorrectable(word.Word) && word.Alternatives.Count is > 0 and <= AlternativesMax
        && word.Alternatives.All(SearchTerm.IsCorrectable);
}
