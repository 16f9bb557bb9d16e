using System.Text.RegularExpressions;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>What is true on one machine only: hosts of package registries, and paths of somebody's folders.</summary>
internal static partial class MachineTraces
{
    public static IEnumerable<Finding> Check(SourceFile file) =>
        RegistryPattern().Matches(file.Text)
            .Select(match => file.FindingAt(match.Index, $"`{match.Value}` names a registry: that is configuration."))
            .Concat(PathPattern().Matches(file.Text).Select(match => file.FindingAt(
                match.Index, $"`{match.Value}` is a path of one machine: make it relative.")));

    [GeneratedRegex("://[^ /\"]*(?:nuget|npm|debian)[^ /\"]*", RegexOptions.IgnoreCase)]
    private static partial Regex RegistryPattern();

    [GeneratedRegex(@"(?<![\w.}])/(?:work|home)/[\w.]*")]
    private static partial Regex PathPattern();
}
