namespace DaprSocial.Ctl.Stores;

/// <param name="Folder">Holds the cluster, its password and its log; nothing else.</param>
/// <param name="Durable">
/// False for tests only: what is acknowledged may be lost, and the cluster with it, when the machine stops.
/// </param>
internal sealed record PostgresSettings(string Folder, int Port, bool Durable, int ConnectionCountMax = 200)
{
    public const string SuperUser = "postgres";

    public string ClusterFolder => Path.Combine(Folder, "cluster");

    public string PasswordPath => Path.Combine(Folder, "password");

    public string LogPath => Path.Combine(Folder, "server.log");

    /// <summary>
    /// Stands in the title of each process of the server ("postgres: NAME: …"), which anybody may read. The folder that
    /// a process works in tells as much, but containers often hide it from root.
    /// </summary>
    public string ClusterName => "daprsocial-" + ShortHash.Of(ClusterFolder);

    /// <summary>The settings that differ from PostgreSQL's own defaults, as arguments of the server.</summary>
    public IReadOnlyList<string> Arguments()
    {
        string[] settings =
        [
            $"cluster_name={ClusterName}",
            $"port={Port}",
            "listen_addresses=127.0.0.1",

            // No socket file: its path would be too long for some checkouts, and TCP is what the services use.
            "unix_socket_directories=",
            $"max_connections={ConnectionCountMax}",
            "shared_buffers=256MB",
            .. Durable
                ? (string[])["fsync=on", "synchronous_commit=on", "full_page_writes=on"]
                : ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=256MB"],
        ];
        return ["-D", ClusterFolder, .. settings.SelectMany(setting => (string[])["-c", setting])];
    }
}
