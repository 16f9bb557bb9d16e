using Dapper;
using Npgsql;

namespace DaprSocial.Projections.Tests;

/// <summary>Writes a test's projection: a table that counts, where a repetition shows, and one that keeps values.</summary>
internal sealed class TestStore : IProjectionStore<TestBatch>
{
    /// <summary>A value that the database refuses.</summary>
    public const string Refused = "refused";

    private const string Count = """
        insert into counter (topic, stream, count, version_sum)
        select * from unnest(@topics, @streams, @counts, @sums)
        on conflict (topic, stream) do update
        set count = counter.count + excluded.count, version_sum = counter.version_sum + excluded.version_sum
        """;

    private const string Set = """
        insert into last_value (entity_id, version, value)
        select * from unnest(@ids, @versions, @values)
        on conflict (entity_id) do update set version = excluded.version, value = excluded.value
        where last_value.version < excluded.version
        """;

    /// <summary>Runs before the effects are written.</summary>
    public Func<NpgsqlConnection, Task> OnFlushAsync { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs after the effects are written, before the checkpoints move.</summary>
    public Func<NpgsqlConnection, Task> OnFlushedAsync { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs when the effects are announced.</summary>
    public Func<TestBatch, int, Task> OnAnnounceAsync { get; set; } = (_, _) => Task.CompletedTask;

    public Task AnnounceAsync(TestBatch batch, int version, CancellationToken cancellationToken) =>
        OnAnnounceAsync(batch, version);

    public async Task FlushAsync(
        TestBatch batch, NpgsqlConnection connection, NpgsqlTransaction transaction,
        CancellationToken cancellationToken)
    {
        await OnFlushAsync(connection);
        var counts = batch.Counts.OrderBy(row => row.Key.Topic, StringComparer.Ordinal)
            .ThenBy(row => row.Key.Stream).ToList();
        var values = batch.Values.OrderBy(row => row.Key, StringComparer.Ordinal).ToList();
        await connection.ExecuteAsync(new CommandDefinition(
            Count,
            new
            {
                topics = counts.Select(row => row.Key.Topic).ToArray(),
                streams = counts.Select(row => row.Key.Stream).ToArray(),
                counts = counts.Select(row => row.Value.Count).ToArray(),
                sums = counts.Select(row => row.Value.VersionSum).ToArray(),
            },
            transaction, cancellationToken: cancellationToken));
        await connection.ExecuteAsync(new CommandDefinition(
            Set,
            new
            {
                ids = values.Select(row => row.Key).ToArray(),
                versions = values.Select(row => row.Value.Version).ToArray(),
                values = values.Select(row => row.Value.Value).ToArray(),
            },
            transaction, cancellationToken: cancellationToken));
        await OnFlushedAsync(connection);
    }
}
