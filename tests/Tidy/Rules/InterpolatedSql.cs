using System.Text.RegularExpressions;
using DaprSocial.Tidy.Tests.CSharp;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>SQL is constant and takes parameters. A constant may be made of constants.</summary>
internal static partial class InterpolatedSql
{
    public static IEnumerable<Finding> Check(SourceFile file)
    {
        if (!file.IsCSharp || file.IsGenerated)
            return [];
        return file.Segments
            .Where(segment => segment.Kind == SegmentKind.Interpolated)
            .Where(segment => StatementPattern().IsMatch(file.TextOf(segment)) && !IsConstant(file, segment.Start))
            .Select(segment => file.FindingAt(
                segment.Start, "interpolated SQL is banned: make it a constant and pass values as parameters."));
    }

    private static bool IsConstant(SourceFile file, int at)
    {
        var statement = file.Code[..at];
        statement = statement[(statement.LastIndexOfAny([';', '{', '}']) + 1)..];
        return ConstantPattern().IsMatch(statement);
    }

    [GeneratedRegex(
        @"^[$@]+""+\s*(?:select\s|insert\s+into\b|update\s+(?:\w+\s+set\b|\{|$)|delete\s+from\b|merge\s+into\b" +
        @"|truncate\s|with\s+(?:recursive\s+)?\w+\s*(?:\([^)]*\))?\s*as\b)",
        RegexOptions.IgnoreCase)]
    private static partial Regex StatementPattern();

    [GeneratedRegex(@"\bconst\s+string\b")]
    private static partial Regex ConstantPattern();
}
