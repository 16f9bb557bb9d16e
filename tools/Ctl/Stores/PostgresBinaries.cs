using System.Globalization;
using System.Text.RegularExpressions;
using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Stores;

/// <summary>One installation of PostgreSQL's server.</summary>
/// <param name="Folder">Holds <c>postgres</c> and <c>initdb</c>; without symbolic links.</param>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    public const int MajorMin = 15;

    public string Postgres => Path.Combine(Folder, "postgres");

    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>Every installation in the folders that is new enough, the newest first.</summary>
    public static async Task<IReadOnlyList<PostgresBinaries>> FindAsync(
        IEnumerable<string> folders, CancellationToken cancellationToken)
    {
        var found = new List<PostgresBinaries>();
        foreach (var folder in folders.Where(HasServer).Select(Resolve).Distinct().Where(HasServer))
        {
            var version = await Tool.RunAsync([Path.Combine(folder, "postgres"), "--version"], cancellationToken);
            if (ParseMajor(version.Output) is { } major && major >= MajorMin)
                found.Add(new PostgresBinaries(folder, major));
        }

        return [.. found.OrderByDescending(binaries => binaries.Major)];
    }

    /// <param name="clusterMajor">The version that wrote the existing cluster; only the same can read it.</param>
    /// <returns>Null when nothing fitting is installed and there is no cluster yet.</returns>
    public static PostgresBinaries? Choose(IReadOnlyList<PostgresBinaries> found, int? clusterMajor)
    {
        if (clusterMajor is not { } major)
            return found.Count > 0 ? found[0] : null;
        return found.FirstOrDefault(binaries => binaries.Major == major) ?? (found.Count == 0
            ? null
            : throw new CtlException(
                $"The data was written by PostgreSQL {major}, but only "
                + $"{string.Join(", ", found.Select(binaries => binaries.Major))} is installed.",
                $"Install postgresql-{major}, or move the data away to start empty (or use another folder: --data)."));
    }

    /// <summary>The major version in <c>postgres (PostgreSQL) 15.18 (Debian …)</c>; also of 17beta1.</summary>
    public static int? ParseMajor(string versionLine) =>
        Version().Match(versionLine) is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    private static bool HasServer(string folder) =>
        File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb"));

    // A link in /usr/local/bin leads to the real folder, where the server finds its libraries and its own initdb.
    private static string Resolve(string folder) =>
        Path.GetDirectoryName(Native.RealPath(Path.Combine(folder, "postgres")))!;

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex Version();
}
