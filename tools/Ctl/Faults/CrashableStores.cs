using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Stores;
using DaprSocial.Faults;

namespace DaprSocial.Ctl.Faults;

/// <summary>Private servers with a folder of their own, which a fault run breaks and finds again.</summary>
internal sealed class CrashableStores(StoresSettings settings, IProgressReport progress)
    : IFaultStores, IAsyncDisposable
{
    private const string Database = "daprsocial";
    private static readonly TimeSpan _endMax = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly LocalStores _stores = new(settings, progress);

    public string PostgresConnectionString => _stores.Postgres.ConnectionString(Database);

    public string RedisEndpoint => settings.Redis.Endpoint;

    // Where Redis writes and reads one unless told otherwise.
    private string SnapshotPath => Path.Combine(settings.Redis.Folder, "dump.rdb");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _stores.StartAsync(cancellationToken);
        await _stores.Postgres.CreateDatabaseIfMissingAsync(Database, cancellationToken);
    }

    public Task CrashPostgresAsync(CancellationToken cancellationToken) => AgainAsync(
        async () =>
        {
            _stores.Postgres.ForceStop();
            await _stores.Postgres.Server.WaitForExitAsync(_endMax, cancellationToken);
        },
        cancellationToken);

    public Task KillRedisAsync(CancellationToken cancellationToken) => AgainAsync(
        async () =>
        {
            await EndRedisAsync(cancellationToken);
            File.Delete(SnapshotPath);
        },
        cancellationToken);

    public async Task SaveRedisAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await RedisCommand.SendAsync(settings.Redis.Port, "SAVE", cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task RestoreRedisAsync(CancellationToken cancellationToken) =>
        AgainAsync(() => EndRedisAsync(cancellationToken), cancellationToken);

    public async Task<string?> EvictRedisKeyAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (await RedisCommand.SendAsync(settings.Redis.Port, "RANDOMKEY", cancellationToken) is not { } key)
                return null;
            await RedisCommand.SendAsync(settings.Redis.Port, $"DEL \"{key}\"", cancellationToken);
            return key;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stores.DisposeAsync();
        _turn.Dispose();
    }

    private async Task EndRedisAsync(CancellationToken cancellationToken)
    {
        _stores.Redis.ForceStop();
        await _stores.Redis.Server.WaitForExitAsync(_endMax, cancellationToken);
    }

    // The start takes over what still runs.
    private async Task AgainAsync(Func<Task> endAsync, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await endAsync();
            await _stores.StartAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }
}
