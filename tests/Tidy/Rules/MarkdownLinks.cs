using System.Text.RegularExpressions;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>A link to a file of the repository leads to it, and one to a heading to that heading.</summary>
internal static partial class MarkdownLinks
{
    public static IEnumerable<Finding> Check(SourceFile file, IReadOnlyList<SourceFile> files)
    {
        if (!file.IsMarkdown)
            yield break;
        var prose = Markdown.Prose(file.Text);
        foreach (var link in LinkPattern().Matches(prose).Concat(DefinitionPattern().Matches(prose)))
        {
            var target = link.Groups["target"].Value;
            if (SchemePattern().IsMatch(target))
                continue;
            if (Complaint(file, files, target) is { } complaint)
                yield return file.FindingAt(link.Index, $"link to {target}: {complaint}");
        }
    }

    private static string? Complaint(SourceFile from, IReadOnlyList<SourceFile> files, string target)
    {
        var (path, anchor) = target.Split('#', 2) is [var before, var after] ? (before, after) : (target, "");
        var resolved = path.Length == 0 ? from.Path : RelativePaths.Join(from.Folder, path);
        var linked = files.FirstOrDefault(file => file.Path == resolved);
        if (linked is null && !files.Any(file => file.IsUnder(resolved)))
            return "there is no such file.";
        if (anchor.Length == 0 || linked is not { IsMarkdown: true })
            return null;
        return Markdown.Anchors(linked.Text).Contains(anchor) ? null : "the file has no such heading.";
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)(?:\s+""[^""]*"")?\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"^\[[^\]]+\]:\s*(?<target>\S+)", RegexOptions.Multiline)]
    private static partial Regex DefinitionPattern();

    [GeneratedRegex("^[a-z][a-z0-9+.-]*:", RegexOptions.IgnoreCase)]
    private static partial Regex SchemePattern();
}
