using Npgsql;

namespace DaprSocial.Testing;

/// <summary>A new name for a schema in a test database: a service of its own for every test, at the price of a few tables.</summary>
/// <param name="Database">Where it is.</param>
/// <param name="Name">Lower-case letters only, as names of services are.</param>
public sealed record TestSchema(TestDatabase Database, string Name)
{
    private const int PoolSizeMax = 25;

    /// <summary>A name that nobody has.</summary>
    public static TestSchema In(TestDatabase database) => new(
        database, string.Concat(Guid.NewGuid().ToByteArray().Take(12).Select(value => (char)('a' + value % 26))));

    /// <summary>Connects with statements that find this schema first.</summary>
    /// <param name="watch">Told of every statement.</param>
    /// <param name="isReadOnly">True for connections that refuse to write.</param>
    /// <param name="searchPath">Other schemas to find first.</param>
    public NpgsqlDataSource Connect(StatementWatch watch, bool isReadOnly = false, string? searchPath = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(Database.ConnectionString)
        {
            SearchPath = searchPath ?? Name,
            MaxPoolSize = PoolSizeMax,
            Options = isReadOnly ? "-c default_transaction_read_only=on" : null,
        };
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).UseLoggerFactory(watch).Build();
    }
}
