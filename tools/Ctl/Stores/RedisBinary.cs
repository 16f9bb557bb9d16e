using System.Text.RegularExpressions;
using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Stores;

/// <summary>An installed Redis server.</summary>
internal sealed partial record RedisBinary(string Path, Version Version)
{
    /// <summary>The first with the setting <c>set-proc-title</c>, by which we recognise a server of ours.</summary>
    public static Version VersionMin { get; } = new(6, 2);

    /// <returns>The newest in the folders, or null when none is new enough.</returns>
    public static async Task<RedisBinary?> FindAsync(IEnumerable<string> folders, CancellationToken cancellationToken)
    {
        RedisBinary? newest = null;
        var paths = folders.Select(folder => System.IO.Path.Combine(folder, "redis-server"))
            .Distinct().Where(File.Exists);
        foreach (var path in paths)
        {
            var output = await Tool.RunAsync([path, "--version"], cancellationToken);
            if (ParseVersion(output.Output) is { } version && version >= VersionMin
                && (newest is null || version > newest.Version))
                newest = new RedisBinary(path, version);
        }

        return newest;
    }

    /// <summary>The version in <c>Redis server v=7.0.15 sha=…</c>.</summary>
    public static Version? ParseVersion(string versionLine) =>
        VersionText().Match(versionLine) is { Success: true } match ? Version.Parse(match.Groups[1].ValueSpan) : null;

    [GeneratedRegex(@"\bv=(\d+\.\d+(\.\d+)?)")]
    private static partial Regex VersionText();
}
