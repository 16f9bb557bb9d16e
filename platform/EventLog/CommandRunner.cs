using Dapper;
using DaprSocial.Errors;
using DaprSocial.Hosting;
using Google.Protobuf;
using Npgsql;

namespace DaprSocial.EventLog;

/// <summary>
/// Runs commands: once each by their idempotency key, in one transaction, waking the sequencer after it.
/// </summary>
public sealed class CommandRunner(WriteSource source, ClockGuard clockGuard, LogSignals signals, TimeProvider clock)
{
    /// <summary>How long the answer to an idempotency key is kept.</summary>
    public static readonly TimeSpan RequestKept = TimeSpan.FromHours(24);

    // First in the transaction: of two concurrent calls with one key the second waits here for the first's end.
    private const string ClaimRequest = """
        insert into request (scope, rpc, request_id, body_hash, response, expire_time)
        values (@Scope, @Rpc, @RequestId, @BodyHash, null, @expire)
        on conflict (scope, rpc, request_id) do update
        set body_hash = excluded.body_hash, response = null, expire_time = excluded.expire_time
        where request.expire_time <= @now
        returning true
        """;

    private const string ReadRequest = """
        select body_hash, response from request where scope = @Scope and rpc = @Rpc and request_id = @RequestId
        """;

    /// <summary>Runs one command.</summary>
    /// <typeparam name="TResponse">The answer, which is stored under the idempotency key.</typeparam>
    /// <param name="call">What the call carries beside its own fields.</param>
    /// <param name="decideAsync">
    /// The command: reads, decides, writes rows and appends events; a refusal undoes all.
    /// </param>
    /// <param name="cancellationToken">Gives up; nothing is stored then.</param>
    /// <exception cref="ServiceException">
    /// CLOCK_SKEW, REQUEST_ID_REUSED, LOG_CHANGED, or what the command refuses with.
    /// </exception>
    public async Task<TResponse> RunAsync<TResponse>(
        CommandCall call, Func<CommandTransaction, CancellationToken, Task<TResponse>> decideAsync,
        CancellationToken cancellationToken)
        where TResponse : IMessage<TResponse>, new()
    {
        clockGuard.ThrowIfSkewed();
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // To the millisecond, which protobuf, PostgreSQL and UUIDv7 all hold exactly.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        if (call.RequestId.Length > 0
            && await FindAnswerAsync(connection, transaction, call, now, cancellationToken) is { } bytes)
        {
            var first = new TResponse();
            first.MergeFrom(bytes);
            return first;
        }

        var command = new CommandTransaction(connection, transaction, now);
        CrashPoint.Hit("command.claimed");
        var response = await decideAsync(command, cancellationToken);
        CrashPoint.Hit("command.decided");
        await command.FinishAsync(call, response, cancellationToken);
        CrashPoint.Hit("command.commit.before");
        // From here on the caller's patience must not decide whether the command happened.
        await transaction.CommitAsync(CancellationToken.None);
        CrashPoint.Hit("command.commit.after");
        if (command.HasEvents)
            signals.Committed.Pulse();
        CrashPoint.Hit("command.answer.before");
        return response;
    }

    private static async Task<byte[]?> FindAnswerAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CommandCall call, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var parameters = new
        {
            call.Scope, call.Rpc, call.RequestId, call.BodyHash,
            now = now.UtcDateTime, expire = (now + RequestKept).UtcDateTime,
        };
        var isMine = await connection.QuerySingleOrDefaultAsync<bool>(new CommandDefinition(
            ClaimRequest, parameters, transaction, cancellationToken: cancellationToken));
        if (isMine)
            return null;
        var (hash, response) = await connection.QuerySingleAsync<(byte[], byte[])>(new CommandDefinition(
            ReadRequest, parameters, transaction, cancellationToken: cancellationToken));
        return hash.AsSpan().SequenceEqual(call.BodyHash) ? response : throw Refusals.RequestIdReused(call.RequestId);
    }
}
