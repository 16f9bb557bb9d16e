using System.Globalization;

namespace DaprSocial.Ctl.Stores;

/// <param name="Folder">Holds the settings and the log; the server keeps no data on disk.</param>
internal sealed record RedisSettings(string Folder, int Port)
{
    public string ConfigPath => Path.Combine(Folder, "redis.conf");

    public string LogPath => Path.Combine(Folder, "server.log");

    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>
    /// The port of the server that was last started with the settings on disk; null when there are none.
    /// </summary>
    public int? PortOnDisk => File.Exists(ConfigPath)
        ? File.ReadLines(ConfigPath)
            .Where(static line => line.StartsWith("port ", StringComparison.Ordinal))
            .Select(static line => (int?)int.Parse(line[5..], CultureInfo.InvariantCulture))
            .FirstOrDefault()
        : null;

    /// <summary>
    /// Everything in Redis can be made again from PostgreSQL, so it writes nothing to disk and evicts what was not used
    /// for longest. Its process keeps the command line that it was started with: that is how we know it again.
    /// </summary>
    public string Config() => $"""
        bind 127.0.0.1
        port {Port.ToString(CultureInfo.InvariantCulture)}
        save ""
        appendonly no
        dir "{Folder.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}"
        maxmemory 512mb
        maxmemory-policy allkeys-lru
        daemonize no
        set-proc-title no

        """;
}
