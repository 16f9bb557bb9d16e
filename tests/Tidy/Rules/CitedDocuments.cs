using System.Text.RegularExpressions;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>A document that a comment sends the reader to is in the repository, or is an address.</summary>
internal static partial class CitedDocuments
{
    public static IEnumerable<Finding> Check(SourceFile file, IReadOnlyList<SourceFile> files)
    {
        // Documents have rules of their own; tests of the rules name documents that nobody is sent to.
        if (file.IsMarkdown || file.IsUnder("tests/Tidy"))
            return [];
        return CitationPattern().Matches(file.Text)
            .Where(citation => !files.Any(other => IsCited(other, citation.Value)))
            .Select(citation => file.FindingAt(
                citation.Index, $"`{citation.Value}` is no document of this repository."));
    }

    private static bool IsCited(SourceFile file, string citation) =>
        file.Path == citation || file.Path.EndsWith("/" + citation, StringComparison.Ordinal);

    [GeneratedRegex(@"(?<![\w./:-])[\w-][\w./-]*\.md\b")]
    private static partial Regex CitationPattern();
}
