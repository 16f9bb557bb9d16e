using System.Text.RegularExpressions;
using DaprSocial.Tidy.Tests.CSharp;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>A to-do that belongs to no issue is a wish that nobody grants.</summary>
internal static partial class Markers
{
    private const string Instead = "write `TODO(#issue):` with the number of an open issue, or do it now.";

    public static IEnumerable<Finding> Check(SourceFile file)
    {
        if (file.IsMarkdown || file.IsGenerated)
            return [];
        if (!file.IsCSharp)
            return Check(file, file.Text, 0);
        return file.Segments
            .Where(segment => segment.Kind == SegmentKind.Comment)
            .SelectMany(segment => Check(file, file.TextOf(segment), segment.Start));
    }

    private static IEnumerable<Finding> Check(SourceFile file, string text, int start) => MarkerPattern().Matches(text)
        .Select(match => file.FindingAt(start + match.Index, $"`{match.Value}` names no issue: {Instead}"));

    [GeneratedRegex(@"\b(?:TODO(?!\(#[0-9]+\): )|FIXME|HACK|XXX)\b")]
    private static partial Regex MarkerPattern();
}
