using Dapper;
using DaprSocial.Events;
using DaprSocial.Load;
using DaprSocial.Verify.Projections;
using Npgsql;

namespace DaprSocial.Verify.Comparing;

/// <summary>
/// Waits until every projection has applied what was decided before the call: the heads of all streams are the token.
/// </summary>
/// <remarks>
/// It compares checkpoints with stream heads in the database: services take tokens of 64 streams at most, and a token
/// of everything has as many as there are users.
/// </remarks>
internal sealed class CheckpointBarrier(NpgsqlDataSource source, VerifyOptions options, IDemoProgress progress)
{
    private const string Stage = "projections catch up";

    private const string ReadBehind = """
        select h.stream, h.version
        from {owner}.stream_head h
        left join {projected}.checkpoint c on c.topic = h.topic and c.stream = h.stream
        where h.topic = @topic and coalesce(c.version, 0) < h.version
            and not exists (
                select 1 from {projected}.parked_stream p where p.topic = h.topic and p.stream = h.stream)
        """;

    private const string ReadStillBehind = """
        select h.stream, h.version
        from unnest(@streams, @versions) as h(stream, version)
        left join {projected}.checkpoint c on c.topic = @topic and c.stream = h.stream
        where coalesce(c.version, 0) < h.version
            and not exists (
                select 1 from {projected}.parked_stream p where p.topic = @topic and p.stream = h.stream)
        """;

    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(50);

    private bool _isStuck;

    /// <summary>A parked stream is not waited for, nor anything once something did not catch up in time.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (_isStuck)
            return;
        var start = options.Clock.GetTimestamp();
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var names = await SchemaNames.ReadAsync(connection, cancellationToken);
        var behind = new Dictionary<Consumption, IReadOnlyList<(Guid Stream, long Version)>>();
        foreach (var consumption in Consumption.All)
            behind[consumption] = await ReadBehindAsync(connection, names, consumption, cancellationToken);
        var total = Math.Max(1, behind.Values.Sum(streams => streams.Count));
        while (behind.Values.Any(streams => streams.Count > 0))
        {
            if (options.Clock.GetElapsedTime(start) > options.CatchUpMax)
            {
                _isStuck = true;
                return;
            }

            progress.Report(Stage, total - behind.Values.Sum(streams => streams.Count), total);
            await Task.Delay(_pollInterval, options.Clock, cancellationToken);
            foreach (var (consumption, streams) in behind.Where(pair => pair.Value.Count > 0).ToList())
            {
                behind[consumption] =
                    await ReadStillBehindAsync(connection, names, consumption, streams, cancellationToken);
            }
        }

        progress.Report(Stage, total, total);
    }

    private static async Task<IReadOnlyList<(Guid Stream, long Version)>> ReadBehindAsync(
        NpgsqlConnection connection, SchemaNames names, Consumption consumption, CancellationToken cancellationToken)
    {
        var sql = names.In(ReadBehind, consumption.AppId)
            .Replace("{owner}", Topics.OwnerOf(consumption.Topic), StringComparison.Ordinal);
        return [.. await connection.QueryAsync<(Guid, long)>(
            new CommandDefinition(sql, new { topic = consumption.Topic }, cancellationToken: cancellationToken))];
    }

    private static async Task<IReadOnlyList<(Guid Stream, long Version)>> ReadStillBehindAsync(
        NpgsqlConnection connection, SchemaNames names, Consumption consumption,
        IReadOnlyList<(Guid Stream, long Version)> streams, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            topic = consumption.Topic,
            streams = streams.Select(stream => stream.Stream).ToArray(),
            versions = streams.Select(stream => stream.Version).ToArray(),
        };
        return [.. await connection.QueryAsync<(Guid, long)>(new CommandDefinition(
            names.In(ReadStillBehind, consumption.AppId), parameters, cancellationToken: cancellationToken))];
    }
}
