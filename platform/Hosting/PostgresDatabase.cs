using Microsoft.Extensions.Options;
using Npgsql;

namespace DaprSocial.Hosting;

/// <summary>The database that the options name.</summary>
internal sealed class PostgresDatabase(IOptions<ServiceOptions> options, ServiceIdentity identity) : IDatabase
{
    public NpgsqlDataSource Connect(string searchPath, bool isReadOnly)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.Value.Postgres)
        {
            SearchPath = searchPath,
            ApplicationName = $"daprsocial-{identity.AppId}-{(isReadOnly ? "read" : "write")}",
            MaxPoolSize = isReadOnly ? options.Value.ReadPoolSizeMax : options.Value.WritePoolSizeMax,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 3,
            Options = isReadOnly ? "-c default_transaction_read_only=on" : null,
        };
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}
