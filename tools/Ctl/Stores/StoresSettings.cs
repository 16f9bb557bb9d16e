namespace DaprSocial.Ctl.Stores;

/// <summary>Both stores of one folder.</summary>
internal sealed record StoresSettings(PostgresSettings Postgres, RedisSettings Redis)
{
    /// <summary>The tests make two hundred connections from each of two suites at a time.</summary>
    private const int TestConnectionCountMax = 400;

    public static StoresSettings ForMesh(string dataDirectory, int postgresPort, int redisPort) =>
        Create(dataDirectory, postgresPort, redisPort, durable: true);

    public static StoresSettings ForTests(string folder, int postgresPort, int redisPort)
    {
        var settings = Create(folder, postgresPort, redisPort, durable: false);
        return settings with { Postgres = settings.Postgres with { ConnectionCountMax = TestConnectionCountMax } };
    }

    private static StoresSettings Create(string folder, int postgresPort, int redisPort, bool durable) => new(
        new PostgresSettings(Path.Combine(folder, "postgres"), postgresPort, durable),
        new RedisSettings(Path.Combine(folder, "redis"), redisPort));
}
