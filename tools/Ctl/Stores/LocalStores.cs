using DaprSocial.Ctl.Output;

namespace DaprSocial.Ctl.Stores;

/// <summary>The private PostgreSQL and Redis of one folder, from their start to their end.</summary>
internal sealed class LocalStores(StoresSettings settings, IProgressReport progress) : IAsyncDisposable
{
    // PostgreSQL itself gives its processes 5 s to end before it kills them.
    private static readonly TimeSpan _forceTimeout = TimeSpan.FromSeconds(7);
    private static readonly TimeSpan _watchInterval = TimeSpan.FromMilliseconds(250);

    private PostgresInstance? _postgres;
    private RedisInstance? _redis;

    public PostgresInstance Postgres => _postgres ?? throw new InvalidOperationException("PostgreSQL is not started.");

    public RedisInstance Redis => _redis ?? throw new InvalidOperationException("Redis is not started.");

    /// <summary>The ports that servers of ours hold already, left by a launcher that was killed.</summary>
    public static HashSet<int> PortsHeld(StoresSettings settings)
    {
        var ports = new HashSet<int>();
        if (new PostgresCluster(settings.Postgres).FindRunning() is { Port: { } postgres })
            ports.Add(postgres);
        if (RedisInstance.FindRunning(settings.Redis) is not null && settings.Redis.PortOnDisk is { } redis)
            ports.Add(redis);
        return ports;
    }

    /// <summary>Stops what a killed launcher left running.</summary>
    /// <returns>The names of what was stopped.</returns>
    public static async Task<IReadOnlyList<string>> StopLeftoversAsync(
        StoresSettings settings, IProgressReport progress, CancellationToken cancellationToken)
    {
        var stopped = new List<string>();
        if (RedisInstance.FindRunning(settings.Redis) is { } redis)
        {
            await progress.StepAsync(
                $"stop Redis (process {redis.Pid}), left by an earlier run",
                _ => RedisInstance.StopLeftoverAsync(settings.Redis, cancellationToken));
            stopped.Add("Redis");
        }

        if (new PostgresCluster(settings.Postgres).FindRunning() is { } postgres)
        {
            await progress.StepAsync(
                $"stop PostgreSQL (process {postgres.Server.Pid}), left by an earlier run",
                _ => PostgresInstance.StopLeftoverAsync(settings.Postgres, cancellationToken));
            stopped.Add("PostgreSQL");
        }

        return stopped;
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var clusterMajor = new PostgresCluster(settings.Postgres).Major;
        var binaries = await StoreBinaries.FindOrInstallAsync(clusterMajor, progress, cancellationToken);
        await PostgresInstance.StartAsync(
            settings.Postgres, binaries.Postgres, progress, started => _postgres = started, cancellationToken);
        await RedisInstance.StartAsync(
            settings.Redis, binaries.Redis, progress, started => _redis = started, cancellationToken);
    }

    /// <summary>Ends when a store ends that nobody has told to.</summary>
    /// <returns>What happened, and where the log is.</returns>
    public async Task<string> WaitForLossAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!Postgres.Server.IsAlive)
                return $"PostgreSQL (process {Postgres.Server.Pid}) has ended; its log: {settings.Postgres.LogPath}";
            if (!Redis.Server.IsAlive)
                return $"Redis (process {Redis.Server.Pid}) has ended; its log: {settings.Redis.LogPath}";
            await Task.Delay(_watchInterval, cancellationToken);
        }
    }

    /// <summary>Ends both at once, without what makes the next start quick, and waits until they are gone.</summary>
    public async Task ForceStopAsync()
    {
        _redis?.ForceStop();
        _postgres?.ForceStop();
        if (_redis is { } redis)
            await redis.Server.WaitForExitAsync(_forceTimeout, CancellationToken.None);
        if (_postgres is { } postgres)
            await postgres.Server.WaitForExitAsync(_forceTimeout, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        // Both waits are bounded; and once we stop, we stop to the end.
        if (_redis is { Server.IsAlive: true } redis)
            await progress.StepAsync("stop Redis", _ => redis.StopAsync(CancellationToken.None));
        if (_postgres is { Server.IsAlive: true } postgres)
            await progress.StepAsync("stop PostgreSQL", _ => postgres.StopAsync(CancellationToken.None));
    }
}
