using Dapper;
using DaprSocial.Hosting;
using Npgsql;

namespace DaprSocial.Projections;

/// <summary>The only code that reads and moves the states of the projection's versions.</summary>
internal sealed class ProjectionVersionStore(WriteSource source, TimeProvider clock)
{
    private const string ReadAll = "select version, state, create_time from projection_version order by version";

    private const string LockAll = "lock table projection_version in share row exclusive mode";

    private const string Insert =
        "insert into projection_version (version, state, create_time) values (@version, 'building', @time)";

    private const string SetState =
        "update projection_version set state = @to where version = @version and state = @from";

    // Two statements, because the index lets only one be active at any time.
    private const string Flip = """
        update projection_version set state = 'ready' where state = 'active';
        update projection_version set state = 'active' where version = @version;
        """;

    private const string Delete = "delete from projection_version where version = @version";

    public async Task<IReadOnlyList<ProjectionVersionRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        return await ListAsync(connection, null, cancellationToken);
    }

    /// <summary>Begins the next version, or goes on with one that a rebuild has left half done.</summary>
    public Task<ProjectionVersionRow> BeginAsync(CancellationToken cancellationToken) =>
        ChangeAsync(
            async (versions, connection, transaction) =>
            {
                if (versions.FirstOrDefault(row => row.State == ProjectionState.Building) is { } unfinished)
                    return unfinished;
                if (versions.FirstOrDefault(row => row.State != ProjectionState.Active) is { } other)
                {
                    throw ProjectionRefusals.WrongState(
                        other.Version, $"Version {other.Version} is {NameOf(other.State)}: drop it first.");
                }

                var next = new ProjectionVersionRow(
                    versions[^1].Version + 1, ProjectionState.Building, clock.GetUtcNow().UtcDateTime);
                await connection.ExecuteAsync(Insert, new { next.Version, time = next.CreateTime }, transaction);
                return next;
            },
            cancellationToken);

    /// <summary>Moves a version from one state to another.</summary>
    /// <returns>False when it was not in the first.</returns>
    public async Task<bool> MoveAsync(
        int version, ProjectionState from, ProjectionState to, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var parameters = new { version, from = NameOf(from), to = NameOf(to) };
        return await connection.ExecuteAsync(
            new CommandDefinition(SetState, parameters, cancellationToken: cancellationToken)) == 1;
    }

    /// <summary>Makes a version the one that answers; the one before stays fed.</summary>
    public Task FlipAsync(int version, CancellationToken cancellationToken) =>
        ChangeAsync(
            async (versions, connection, transaction) =>
            {
                var row = versions.FirstOrDefault(row => row.Version == version)
                    ?? throw ProjectionRefusals.NoVersion(version);
                if (row.State == ProjectionState.Active)
                    return row;
                if (row.State != ProjectionState.Ready)
                {
                    throw ProjectionRefusals.WrongState(
                        version, $"Version {version} is {NameOf(row.State)}, not ready.");
                }

                await connection.ExecuteAsync(Flip, new { version }, transaction);
                return row with { State = ProjectionState.Active };
            },
            cancellationToken);

    /// <summary>Removes a version with its tables. Waits for what is being written to them.</summary>
    public Task DropAsync(int version, string schema, CancellationToken cancellationToken) =>
        ChangeAsync(
            async (versions, connection, transaction) =>
            {
                var row = versions.First(row => row.Version == version);
#pragma warning disable CA2100 // The schema's name is made of the service's and a number.
                await using var command = new NpgsqlCommand(
                    $"drop schema if exists {schema} cascade", connection, transaction);
#pragma warning restore CA2100
                await command.ExecuteNonQueryAsync(cancellationToken);
                await connection.ExecuteAsync(Delete, new { version }, transaction);
                return row;
            },
            cancellationToken);

    private static string NameOf(ProjectionState state) => Enum.GetName(state)!.ToLowerInvariant();

    private async Task<ProjectionVersionRow> ChangeAsync(
        Func<IReadOnlyList<ProjectionVersionRow>, NpgsqlConnection, NpgsqlTransaction, Task<ProjectionVersionRow>>
            change,
        CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            LockAll, transaction: transaction, cancellationToken: cancellationToken));
        var row = await change(await ListAsync(connection, transaction, cancellationToken), connection, transaction);
        await transaction.CommitAsync(cancellationToken);
        return row;
    }

    private static async Task<IReadOnlyList<ProjectionVersionRow>> ListAsync(
        NpgsqlConnection connection, NpgsqlTransaction? transaction, CancellationToken cancellationToken) =>
        [.. (await connection.QueryAsync<(int Version, string State, DateTime CreateTime)>(new CommandDefinition(
            ReadAll, transaction: transaction, cancellationToken: cancellationToken)))
            .Select(row => new ProjectionVersionRow(
                row.Version, Enum.Parse<ProjectionState>(row.State, ignoreCase: true), row.CreateTime))];
}
