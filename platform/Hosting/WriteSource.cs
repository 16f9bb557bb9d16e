using Npgsql;

namespace DaprSocial.Hosting;

/// <summary>
/// Connections for commands, relay and consumers; apart from the queries' so that neither starves the other.
/// </summary>
/// <param name="DataSource">
/// A pool of its own; statements find the service's schema first. Whoever connected it closes it.
/// </param>
public sealed record WriteSource(NpgsqlDataSource DataSource);
