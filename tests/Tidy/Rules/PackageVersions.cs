using System.Text.RegularExpressions;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>Versions of packages stand in one file, where each old one gives its reason.</summary>
internal static partial class PackageVersions
{
    public static IEnumerable<Finding> Check(SourceFile file)
    {
        if (file.Name == "Directory.Packages.props")
            return [];
        if (Path.GetExtension(file.Path) is not (".csproj" or ".props" or ".targets"))
            return [];
        return VersionPattern().Matches(file.Text).Select(match => file.FindingAt(
            match.Index, "states the version of a package: that belongs in Directory.Packages.props."));
    }

    [GeneratedRegex(
        @"<PackageVersion\b|<(?:Package|GlobalPackage)Reference\b[^>]*\bVersion(?:Override)?\s*=" +
        @"|<(?:Package|GlobalPackage)Reference\b[^>/]*>\s*<Version(?:Override)?>")]
    private static partial Regex VersionPattern();
}
