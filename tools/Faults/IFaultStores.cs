namespace DaprSocial.Faults;

/// <summary>The private servers that a fault run may break.</summary>
public interface IFaultStores
{
    /// <summary>To the database of the services, as its owner; the port stays the same after a crash.</summary>
    string PostgresConnectionString { get; }

    /// <summary>Host and port of Redis; the same after a restart.</summary>
    string RedisEndpoint { get; }

    /// <summary>Ends PostgreSQL at once and starts it again; completes when it answers.</summary>
    Task CrashPostgresAsync(CancellationToken cancellationToken);

    /// <summary>Ends Redis at once and starts it again, empty.</summary>
    Task KillRedisAsync(CancellationToken cancellationToken);

    /// <summary>Lets Redis write a snapshot.</summary>
    Task SaveRedisAsync(CancellationToken cancellationToken);

    /// <summary>Ends Redis at once and starts it with the last snapshot.</summary>
    Task RestoreRedisAsync(CancellationToken cancellationToken);

    /// <summary>Deletes one key of Redis.</summary>
    /// <returns>The key; null when there is none.</returns>
    Task<string?> EvictRedisKeyAsync(CancellationToken cancellationToken);
}
