using System.Text.RegularExpressions;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>A file or folder that a document names as code, from the root, is there; a pattern is no name.</summary>
internal static partial class DocumentedPaths
{
    public static IEnumerable<Finding> Check(SourceFile file, IReadOnlyList<SourceFile> files)
    {
        if (!file.IsMarkdown)
            return [];
        return Markdown.Code(file.Text)
            .Where(code => PathPattern().IsMatch(code.Code))
            .Select(code => (code.Index, Path: code.Code.TrimEnd('/')))
            .Where(code => !files.Any(other => other.Path == code.Path || other.IsUnder(code.Path)))
            .Select(code => file.FindingAt(code.Index, $"there is no {code.Path}."));
    }

    [GeneratedRegex(@"^(?:components|dapr|docs|platform|protos|services|tests|tools)/[\w./-]*$")]
    private static partial Regex PathPattern();
}
