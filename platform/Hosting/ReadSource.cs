using Npgsql;

namespace DaprSocial.Hosting;

/// <summary>
/// Connections for queries. Their transactions are read-only by setting: a query that writes fails at once.
/// </summary>
/// <param name="DataSource">
/// A pool of its own; may point at a replica; finds the projected tables first, then the service's schema.
/// </param>
public sealed record ReadSource(NpgsqlDataSource DataSource);
