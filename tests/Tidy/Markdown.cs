using System.Text.RegularExpressions;

namespace DaprSocial.Tidy.Tests;

/// <summary>What the rules need to know of Markdown.</summary>
internal static partial class Markdown
{
    /// <summary>The text with code blanked out, so that none of it is a link. Offsets stay as they are.</summary>
    public static string Prose(string text) =>
        CodePattern().Replace(text, code => NotNewline().Replace(code.Value, " "));

    /// <summary>The contents of code blocks and of code in running text.</summary>
    public static IEnumerable<(int Index, string Code)> Code(string text) => CodePattern().Matches(text)
        .Select(match => match.Groups["block"].Success ? match.Groups["block"] : match.Groups["span"])
        .Select(group => (group.Index, group.Value));

    /// <summary>The anchors that a reader's browser knows the headings by.</summary>
    public static IEnumerable<string> Anchors(string text) => HeadingPattern().Matches(Prose(text))
        .Select(heading => text.Substring(heading.Groups["words"].Index, heading.Groups["words"].Length))
        .Select(words => NotInAnchor().Replace(words.Trim().ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(
        @"^(?<fence>```+)[^\n]*\n(?<block>.*?)^\k<fence>[ ]*$|(?<!`)(?<tick>`+)(?!`)(?<span>.+?)(?<!`)\k<tick>(?!`)",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"[^\n]")]
    private static partial Regex NotNewline();

    [GeneratedRegex(@"^#{1,6}[ ]+(?<words>[^\n]*)$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
