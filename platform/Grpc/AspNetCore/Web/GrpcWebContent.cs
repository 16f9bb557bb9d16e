namespace Grpc.AspNetCore.Web;

/// <summary>What a content type says of a gRPC-Web message.</summary>
/// <param name="IsText">Whether it travels as base64.</param>
/// <param name="Suffix">What follows the family: empty, <c>+proto</c>, a parameter.</param>
internal readonly record struct GrpcWebContent(bool IsText, string Suffix)
{
    private const string Binary = "application/grpc-web";
    private const string Text = "application/grpc-web-text";

    /// <summary>The same for the gRPC server behind.</summary>
    public string GrpcContentType => "application/grpc" + Suffix;

    /// <returns>Null for anything else than gRPC-Web.</returns>
    public static GrpcWebContent? Parse(string? contentType)
    {
        if (contentType is null)
            return null;
        // The longer name begins with the shorter one.
        return SuffixOf(contentType, Text) is { } textSuffix ? new(true, textSuffix)
            : SuffixOf(contentType, Binary) is { } suffix ? new(false, suffix)
            : null;
    }

    /// <summary>The same for an answer: without parameters, which some clients do not expect.</summary>
    public string AnswerContentType
    {
        get
        {
            var end = Suffix.AsSpan().IndexOfAny(';', ' ');
            return (IsText ? Text : Binary) + (end < 0 ? Suffix : Suffix[..end]);
        }
    }

    private static string? SuffixOf(string contentType, string family)
    {
        if (!contentType.StartsWith(family, StringComparison.OrdinalIgnoreCase))
            return null;
        var suffix = contentType[family.Length..];
        return suffix.Length == 0 || suffix[0] is '+' or ';' or ' ' ? suffix : null;
    }
}
