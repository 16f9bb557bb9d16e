using DaprSocial.Events;
using DaprSocial.Events.V1;

namespace DaprSocial.EventLog;

/// <summary>Takes what a user's earlier commands said out of a service's log and out of its stored answers.</summary>
/// <param name="user">The user.</param>
/// <param name="by">Who erases; the user, where nobody is named.</param>
/// <param name="topics">All topics of the service.</param>
/// <param name="types">
/// Full names of the events that say something. Those that only end something hold ids, and stay: with them alone a
/// projection that is built anew knows what is gone, and which version it had.
/// </param>
public sealed class LogErasure(Guid user, Guid by, IReadOnlyList<string> topics, IReadOnlyList<string> types)
{
    /// <summary>The most rows of a table that one call erases.</summary>
    public const int RowCountMax = 1000;

    private const string ScrubLog = """
        update event_log e
        set payload = @payload, request_id = '', traceparent = '', after = '', erase_time = @now, erase_actor = @by
        where e.position in (
            select position from event_log
            where topic = any(@topics) and stream = @user and type = any(@types) and erase_time is null
            order by position limit @limit)
        """;

    // Who moves these rows into the log locks them in this order, too, or is waited for by the next call.
    private const string ScrubPending = """
        update event_pending e
        set payload = @payload, request_id = '', traceparent = '', after = ''
        where e.seq in (
            select seq from event_pending
            where topic = any(@topics) and stream = @user and type = any(@types) and payload <> @payload
            order by seq limit @limit for update skip locked)
        """;

    // The row stays until it expires, so that a repeated call is refused and not taken for a new one. The answer to a
    // call that had no actor yet is the user's when it names the user.
    private const string ScrubRequests = """
        update request r
        set response = ''::bytea, body_hash = ''::bytea
        where (r.scope, r.rpc, r.request_id) in (
            select scope, rpc, request_id from request
            where length(response) > 0 and (scope = @user::text or scope like 'app:%'
                and position(convert_to(@user::text, 'UTF8') in response) > 0)
            limit @limit for update skip locked)
        """;

    private const string CountRest = """
        select (select count(*) from event_pending where topic = any(@topics) and stream = @user)
            + (select count(*) from event_log
                where topic = any(@topics) and stream = @user and type = any(@types) and erase_time is null)
            + (select count(*) from request where scope = @user::text and length(response) > 0)
        """;

    /// <summary>Erases up to <see cref="RowCountMax"/> rows of each table.</summary>
    /// <returns>
    /// What was erased, and whether all is: no event of the user is left that says something, or that has no place in
    /// the log yet.
    /// </returns>
    public async Task<(IReadOnlyList<ErasedRows> Erased, bool IsComplete)> RunAsync(
        string appId, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            user, by, topics = topics.ToArray(), types = types.ToArray(), now = transaction.Now.UtcDateTime,
            payload = EventJson.Erased, limit = RowCountMax,
        };
        var erased = new List<ErasedRows>();
        foreach (var (table, sql) in ((string, string)[])
            [("event_log", ScrubLog), ("event_pending", ScrubPending), ("request", ScrubRequests)])
        {
            var count = await transaction.ExecuteAsync(sql, parameters, cancellationToken);
            erased.Add(new ErasedRows { Table = $"{appId}.{table}", RowCount = count });
        }

        var rest = await transaction.FindAsync<long>(CountRest, parameters, cancellationToken);
        return ([.. erased.Where(rows => rows.RowCount > 0)], rest == 0);
    }
}
