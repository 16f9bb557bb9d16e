using Npgsql;

namespace DaprSocial.Hosting;

/// <summary>
/// Connections for commands, relay and consumers; apart from the queries' so that neither starves the other.
/// </summary>
/// <param name="DataSource">A pool of its own; statements find the service's schema first.</param>
public sealed record WriteSource(NpgsqlDataSource DataSource) : IAsyncDisposable
{
    /// <inheritdoc />
    public ValueTask DisposeAsync() => DataSource.DisposeAsync();
}
