using System.Text.RegularExpressions;
using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Stores;

/// <summary>libvips' program, which Media runs to work on images.</summary>
internal sealed partial record VipsBinary(string Path, Version Version)
{
    /// <summary>The Debian package that has it.</summary>
    public const string Package = "libvips-tools";

    /// <summary>The first that can be told to leave alone the loaders that it does not trust.</summary>
    public static Version VersionMin { get; } = new(8, 13);

    /// <returns>The first in the folders that is new enough, or null.</returns>
    public static async Task<VipsBinary?> FindAsync(IEnumerable<string> folders, CancellationToken cancellationToken)
    {
        var paths = folders.Select(folder => System.IO.Path.Combine(folder, "vips")).Distinct().Where(File.Exists);
        foreach (var path in paths)
        {
            var output = await Tool.RunAsync([path, "--version"], cancellationToken);
            if (ParseVersion(output.Output) is { } version && version >= VersionMin)
                return new VipsBinary(path, version);
        }

        return null;
    }

    /// <summary>The version in <c>vips-8.14.1</c>.</summary>
    public static Version? ParseVersion(string versionLine) =>
        VersionText().Match(versionLine) is { Success: true } match ? Version.Parse(match.Groups[1].ValueSpan) : null;

    [GeneratedRegex(@"\bvips-(\d+\.\d+(\.\d+)?)")]
    private static partial Regex VersionText();
}
