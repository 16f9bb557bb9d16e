using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Processes;
using DaprSocial.Ctl.Stores;
using Npgsql;

namespace DaprSocial.Ctl.Tests.Stores;

/// <summary>Real servers in a private temporary folder. Whatever a test leaves running is stopped at its end.</summary>
public sealed class StoresFixture
{
    private readonly string _folder = Native.RealPath(Directory.CreateTempSubdirectory("ctl-tests-").FullName);
    private readonly List<PostgresSettings> _postgres = [];
    private readonly List<RedisSettings> _redis = [];

    internal SilentProgress Progress { get; } = new();

    internal PostgresSettings PostgresSettings(bool durable = true)
    {
        var settings = new PostgresSettings(Path.Combine(_folder, "postgres"), PortCheck.TakeFree(), durable);
        _postgres.Add(settings);
        return settings;
    }

    internal RedisSettings RedisSettings()
    {
        var settings = new RedisSettings(Path.Combine(_folder, "a folder", "redis"), PortCheck.TakeFree());
        _redis.Add(settings);
        return settings;
    }

    internal async Task<PostgresInstance> StartAsync(PostgresSettings settings)
    {
        var found = await PostgresBinaries.FindAsync(BinaryFolders.All(), Limits.Patience());
        return await PostgresInstance.StartAsync(settings, found[0], Progress, static _ => { }, Limits.Patience());
    }

    internal async Task<RedisInstance> StartAsync(RedisSettings settings)
    {
        var found = await RedisBinary.FindAsync(BinaryFolders.All(), Limits.Patience());
        return await RedisInstance.StartAsync(settings, found!, Progress, static _ => { }, Limits.Patience());
    }

    internal static async Task<string> QueryAsync(PostgresInstance instance, string sql)
    {
        var text = new NpgsqlConnectionStringBuilder(instance.ConnectionString("postgres")) { Pooling = false };
        await using var connection = new NpgsqlConnection(text.ConnectionString);
        await connection.OpenAsync(Limits.Patience());
#pragma warning disable CA2100 // The statements are constants of the tests.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        return (await command.ExecuteScalarAsync(Limits.Patience()))?.ToString() ?? "";
    }

    /// <summary>kill -9 of a server and of every process that it has started.</summary>
    internal static async Task KillAllAsync(PostgresInstance instance, PostgresSettings settings)
    {
        var all = ProcessesOf(settings);
        Assert.Contains(instance.Server, all);
        foreach (var process in all)
            process.Send(Signal.Kill);
        foreach (var process in all)
            Assert.True(await process.WaitForExitAsync(TimeSpan.FromMinutes(1), Limits.Patience()));
    }

    private static List<ProcessIdentity> ProcessesOf(PostgresSettings settings) =>
    [
        .. ProcFs.ProcessIds().Where(pid => ProcFs.WorkingDirectory(pid) == settings.ClusterFolder)
            .Select(ProcessIdentity.Find).OfType<ProcessIdentity>(),
    ];

    public async Task CleanUpAsync()
    {
        foreach (var settings in _redis)
            await RedisInstance.StopLeftoverAsync(settings, Limits.Patience());
        foreach (var settings in _postgres)
        {
            await PostgresInstance.StopLeftoverAsync(settings, Limits.Patience());
            // A process that ends still writes for a moment after its server is gone.
            foreach (var process in ProcessesOf(settings))
                Assert.True(await process.WaitForExitAsync(TimeSpan.FromMinutes(1), Limits.Patience()));
        }

        Directory.Delete(_folder, recursive: true);
    }
}
