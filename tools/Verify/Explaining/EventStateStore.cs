using System.Globalization;
using Dapper;
using DaprSocial.Verify.Projections;
using Npgsql;

namespace DaprSocial.Verify.Explaining;

/// <summary>Reads how far the newest events of entities have come.</summary>
internal static class EventStateStore
{
    // The log has no index by entity: it is read once for all keys together.
    private const string ReadStates = """
        with k as (select * from unnest({arrays}) with ordinality as k({names}, place)),
            entity as (select k.place, {entity} as entity_id from k),
            event as (
                select n.place, e.stream, e.version, e.entity_version, false as is_pending
                from entity n join {owner}.event_log e on e.topic = @topic and e.entity_id = n.entity_id
                union all
                select n.place, e.stream, e.version, e.entity_version, true
                from entity n join {owner}.event_pending e on e.topic = @topic and e.entity_id = n.entity_id
            ),
            newest as (select distinct on (place) * from event order by place, entity_version desc)
        select n.place, e.stream, e.version, coalesce(e.is_pending, false) as IsPending,
            coalesce(c.version, 0) as Checkpoint, p.version as ParkedVersion, p.reason,
            e.stream is not null and not exists (
                select 1 from {owner}.event_log g
                where g.topic = @topic and g.stream = e.stream and g.version = coalesce(c.version, 0) + 1) as HasGap,
            coalesce((
                select s.is_rewound or s.log_id <> l.log_id from {projected}.log_source s, {owner}.event_log_state l
                where s.topic = @topic), false) as IsLogChanged
        from entity n
        left join newest e on e.place = n.place
        left join {projected}.checkpoint c on c.topic = @topic and c.stream = e.stream
        left join {projected}.parked_stream p on p.topic = @topic and p.stream = e.stream
        order by n.place
        """;

    /// <returns>One entry for each key, in their order; none where many entities make one row.</returns>
    public static async Task<IReadOnlyList<EventState>> ReadAsync(
        NpgsqlConnection connection, SchemaNames names, Comparison comparison, IReadOnlyList<string[]> keys,
        CancellationToken cancellationToken)
    {
        if (comparison.EntityId.Length == 0 || keys.Count == 0)
            return [];
        var parameters = new DynamicParameters(new { topic = comparison.Topic });
        for (var column = 0; column < comparison.Keys.Count; column++)
            parameters.Add(NameOf(column), keys.Select(key => key[column]).ToArray());
        var arrays = comparison.Keys.Select((key, column) => $"@{NameOf(column)}::text[]::{key.Type}[]");
        var sql = names.In(ReadStates, comparison.AppId)
            .Replace("{arrays}", string.Join(", ", arrays), StringComparison.Ordinal)
            .Replace("{names}", string.Join(", ", comparison.Keys.Select(key => key.Name)), StringComparison.Ordinal)
            .Replace("{entity}", comparison.EntityId, StringComparison.Ordinal)
            .Replace("{owner}", comparison.Owner, StringComparison.Ordinal);
        return [.. await connection.QueryAsync<EventState>(
            new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))];
    }

    private static string NameOf(int column) => string.Create(CultureInfo.InvariantCulture, $"key{column}");
}
