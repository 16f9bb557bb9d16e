using System.Text.Json;

namespace DaprSocial.Load.Input;

/// <summary>Reads texts from a file with one <c>{"lang","text"}</c> a line; blank lines do not count.</summary>
internal static class PostTextReader
{
    /// <exception cref="InputException">The file cannot be read, a line is broken, or no text can be used.</exception>
    public static async Task<PostTextSource> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var content = await ReadBytesAsync(file, cancellationToken);
        var texts = new List<PostText>();
        var skippedCount = 0;
        var number = 0;
        foreach (var range in content.AsSpan().Split((byte)'\n'))
        {
            number++;
            var line = content.AsSpan()[range].TrimEnd((byte)'\r');
            if (line.Trim(" \t"u8).IsEmpty)
            {
                continue;
            }

            var text = ParseLine(file, number, line);
            if (TextLimits.Allows(text.Text))
            {
                texts.Add(text);
            }
            else
            {
                skippedCount++;
            }
        }

        return texts.Count > 0
            ? PostTextSource.Create(file, texts, skippedCount)
            : throw new InputException(file, $"holds no text that can be posted ({skippedCount} break the limits)");
    }

    // Bytes, not characters: text decoding would turn broken UTF-8 into replacement characters without a word.
    private static async Task<byte[]> ReadBytesAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var content = await File.ReadAllBytesAsync(file, cancellationToken);
            return content.AsSpan().StartsWith("\uFEFF"u8) ? content[3..] : content;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException(file, $"cannot be read: {exception.Message}");
        }
    }

    private static PostText ParseLine(string file, int number, ReadOnlySpan<byte> line)
    {
        PostLine? post;
        try
        {
            post = JsonSerializer.Deserialize(line, PostLineJsonContext.Default.PostLine);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InputException(file, number, "not a JSON object with the strings lang and text");
        }

        if (post?.Text is null)
        {
            throw new InputException(file, number, "text is missing");
        }

        var language = post.Lang ?? "";
        return language.Length <= TextLimits.LanguageCharactersMax
            ? new PostText(language, post.Text)
            : throw new InputException(file, number, "lang is no language tag");
    }
}
