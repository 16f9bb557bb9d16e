using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using DaprSocial.Load.Driving;
using Npgsql;

namespace DaprSocial.Faults.Checking;

/// <summary>The newest events of whoever a violation names: actors, posts and requests.</summary>
internal sealed partial class LastEvents(string postgres)
{
    private const int EventsMax = 12;
    private const int IdsMax = 16;

    private const string Read = """
        select position, topic, stream, version, type, entity_id as EntityId, entity_version as EntityVersion,
               sequence_time as SequenceTime, request_id as RequestId
        from event_log
        where stream = any(@ids) or entity_id = any(@entities) or request_id = any(@requests)
        order by position desc limit @limit
        """;

    /// <summary>By log, oldest first.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(Violation violation, CancellationToken cancellationToken)
    {
        var (ids, requests) = Find(violation.What);
        var entities = ids.Select(id => $"{id}").ToArray();
        var lines = new List<string>();
        foreach (var app in AppIds.Logs)
        {
            await using var connection = new NpgsqlConnection($"{postgres};Search Path={app}");
            await connection.OpenAsync(cancellationToken);
            var rows = await connection.QueryAsync<Row>(new CommandDefinition(
                Read, new { ids, entities, requests, limit = EventsMax }, cancellationToken: cancellationToken));
            lines.AddRange(rows.Reverse().Select(row => Describe(app, row)));
        }

        return lines;
    }

    /// <summary>What a sentence names.</summary>
    public static (Guid[] Ids, string[] Requests) Find(string text) =>
    (
        [.. Id().Matches(text).Select(match => Guid.Parse(match.Value)).Distinct().Take(IdsMax)],
        [.. Request().Matches(text).Select(match => match.Groups[1].Value).Distinct().Take(IdsMax)]
    );

    private static string Describe(string app, Row row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{app} {row.Position}: {row.Topic} {row.Stream} {row.Version}, {row.Type} of {row.EntityId} "
        + $"{row.EntityVersion}, {row.SequenceTime:HH:mm:ss.fff}, request {row.RequestId}");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"request ([\w.:-]*\w)")]
    private static partial Regex Request();

    private sealed record Row(
        long Position, string Topic, Guid Stream, long Version, string Type, string EntityId, long EntityVersion,
        DateTime SequenceTime, string RequestId);
}
