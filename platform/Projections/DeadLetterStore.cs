using Dapper;
using DaprSocial.Hosting;
using Google.Protobuf;

namespace DaprSocial.Projections;

/// <summary>Keeps the newest deliveries that could not be decoded, for people to look at.</summary>
internal sealed class DeadLetterStore(WriteSource source, TimeProvider clock)
{
    private const int RowsMax = 1000;
    private const int PayloadLengthMax = 64 * 1024;

    private const string Insert = """
        with added as (
            insert into dead_letter (topic, receive_time, reason, payload)
            values (@topic, @time, @reason, @payload) returning id
        )
        delete from dead_letter where id <= (select id from added) - @keep
        """;

    private const string Read = """
        select id, topic, receive_time, reason, payload from dead_letter
        where id < @before order by id desc limit @limit
        """;

    private const string DeleteAll = """
        delete from dead_letter
        where exists (
            select 1 from unnest(@texts) as c(text)
            where position(convert_to(c.text, 'UTF8') in payload) > 0 or position(c.text in reason) > 0)
        """;

    public async Task AddAsync(string topic, string reason, ByteString payload, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var parameters = new
        {
            topic, reason = StoredText.Of(reason), time = clock.GetUtcNow().UtcDateTime,
            payload = payload.Span[..Math.Min(payload.Length, PayloadLengthMax)].ToArray(), keep = RowsMax,
        };
        await connection.ExecuteAsync(new CommandDefinition(Insert, parameters, cancellationToken: cancellationToken));
    }

    /// <summary>Deletes those that hold one of some texts.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteAsync(IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(
            DeleteAll, new { texts = texts.ToArray() }, cancellationToken: cancellationToken));
    }

    /// <summary>The newest below an id.</summary>
    public async Task<IReadOnlyList<DeadLetterRow>> ReadAsync(
        long before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        return [.. (await connection.QueryAsync<(long Id, string Topic, DateTime Time, string Reason, byte[] Payload)>(
            new CommandDefinition(Read, new { before, limit }, cancellationToken: cancellationToken)))
            .Select(row => new DeadLetterRow(row.Id, row.Topic, row.Time, row.Reason, row.Payload))];
    }
}
