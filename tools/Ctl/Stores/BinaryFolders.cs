namespace DaprSocial.Ctl.Stores;

/// <summary>Where the programs of the stores may lie.</summary>
internal static class BinaryFolders
{
    /// <summary>The folders of PATH, then those where systems put PostgreSQL, which is on no PATH by default.</summary>
    public static IReadOnlyList<string> All()
    {
        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return
        [
            .. path.Split(':', StringSplitOptions.RemoveEmptyEntries),
            .. Below("/usr/lib/postgresql", "*"),
            .. Below("/usr", "pgsql-*"),
            "/usr/local/pgsql/bin", "/usr/local/bin", "/usr/bin", "/usr/sbin",
        ];
    }

    private static IEnumerable<string> Below(string folder, string pattern) =>
        Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder, pattern).Select(version => Path.Combine(version, "bin"))
            : [];
}
