using DaprSocial.Hosting;

namespace DaprSocial.Posts.Domain;

/// <summary>The text of a post: 1 to 300 graphemes, at most 3,000 bytes, not only white space.</summary>
internal readonly record struct PostText
{
    public const int GraphemesMax = 300;

    private PostText(string value) => Value = value;

    public string Value { get; }

    public static PostText Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw PostErrors.TextEmpty();
        if (text.Contains('\0'))
            throw Errors.Refusals.InvalidField("text", "must not contain NUL.");
        return RequestFields.HasAtMost(text, GraphemesMax) ? new PostText(text) : throw PostErrors.TextTooLong();
    }
}
