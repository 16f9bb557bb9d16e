using DaprSocial.Consistency;
using DaprSocial.Consistency.V1;
using DaprSocial.Faults.Running;
using DaprSocial.Load.Driving;
using Grpc.Core;

namespace DaprSocial.Faults.Driving;

/// <summary>
/// Reads with tokens and holds the answers to their word: satisfied means that all that the token names is there.
/// </summary>
internal sealed class TokenReader(Mesh mesh, ReadTally tally, FaultHistory history)
{
    private const string Promise = "a token is honoured";
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(6);

    // The reasons that a reader must never meet here: no log was changed, no token was forged, nothing may break.
    private static readonly string[] _wrongReasons = ["LOG_CHANGED", "INVALID_CONSISTENCY_TOKEN", "INTERNAL"];

    public Mesh Mesh => mesh;

    /// <summary>The token that names what both name.</summary>
    public static string Merge(string one, string other) =>
        ConsistencyToken.Parse(one).Merge(ConsistencyToken.Parse(other)).ToString();

    /// <summary>Reads once.</summary>
    /// <param name="what">The write and the question, for a violation.</param>
    /// <param name="freshness">Takes the freshness out of the answer.</param>
    /// <param name="judge">What is wrong with a satisfied answer; empty when nothing is.</param>
    /// <returns>Whether the answer said that it covers the token.</returns>
    public async Task<bool> ReadAsync<T>(
        string what, string app, Guid actor, string token, Func<CallOptions, AsyncUnaryCall<T>> ask,
        Func<T, Freshness?> freshness, Func<T, string> judge, CancellationToken cancellationToken)
    {
        if (await AskAsync(what, app, actor, ask, cancellationToken) is not { } answer)
            return false;
        switch (freshness(answer))
        {
            case null:
                history.Violated(Promise, $"{what}: an answer without freshness");
                return false;
            case { Satisfied: false }:
                tally.AddBehind();
                return false;
            default:
                if (judge(answer) is { Length: > 0 } wrong)
                    history.Violated(Promise, $"{what}: {wrong}; token {token}; answer {answer}");
                return true;
        }
    }

    /// <summary>Asks; default when nobody answers.</summary>
    /// <param name="notFoundIsWrong">Whether NOT_FOUND contradicts the token.</param>
    public async Task<T?> AskAsync<T>(
        string what, string app, Guid actor, Func<CallOptions, AsyncUnaryCall<T>> ask,
        CancellationToken cancellationToken, bool notFoundIsWrong = true)
    {
        try
        {
            var answer = await mesh.CallAsync(app, actor, _timeout, ask, cancellationToken);
            tally.AddRead();
            return answer;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The deadline, as the channel of the load tells it.
            tally.AddUnanswered();
            return default;
        }
        catch (RpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reason = Refusals.ReasonOf(exception);
            if (_wrongReasons.Contains(reason) || (notFoundIsWrong && exception.StatusCode == StatusCode.NotFound))
                history.Violated(Promise, $"{what}: {Refusals.Describe(exception)}");
            else if (exception.StatusCode != StatusCode.NotFound)
                tally.AddUnanswered();
            return default;
        }
    }
}
