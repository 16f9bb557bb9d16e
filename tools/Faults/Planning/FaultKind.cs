namespace DaprSocial.Faults.Planning;

/// <summary>What is done to the mesh from outside.</summary>
public enum FaultKind
{
    /// <summary>kill -9 of one process.</summary>
    Kill,

    /// <summary>SIGSTOP, and SIGCONT after a time.</summary>
    Pause,

    /// <summary>PostgreSQL ends at once and recovers at its start.</summary>
    CrashPostgres,

    /// <summary>Redis ends at once; it keeps nothing.</summary>
    KillRedis,

    /// <summary>Redis writes a snapshot, for <see cref="RestoreRedis"/>.</summary>
    SaveRedis,

    /// <summary>Redis ends at once and starts with what the snapshot held.</summary>
    RestoreRedis,

    /// <summary>One key of Redis is gone.</summary>
    EvictRedisKey,

    /// <summary>A copy of a service's data is made, for <see cref="RestorePostgres"/>.</summary>
    BackUpPostgres,

    /// <summary>A service's data is put back to what the copy holds: what was acknowledged since is lost.</summary>
    RestorePostgres,

    /// <summary>Calls and events go to the other instance, while the first still works on what it has.</summary>
    HandOver,

    /// <summary>An instance starts again with a wrong clock, and takes the calls.</summary>
    SkewClock,

    /// <summary>An event that no consumer can apply arrives from the broker.</summary>
    Poison,
}
