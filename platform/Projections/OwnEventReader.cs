using DaprSocial.Consistency;
using Grpc.Core;

namespace DaprSocial.Projections;

/// <summary>
/// Reads a caller's own newest events from the command side, where the projections have not come to them yet.
/// </summary>
/// <param name="sources">The logs.</param>
/// <param name="canApply">Pure: whether the projections could apply an event.</param>
internal sealed class OwnEventReader(SourceLogs sources, Func<EventEnvelope, bool> canApply)
{
    /// <summary>Above this, merging costs more than it is worth: the caller waits instead.</summary>
    public const int EventsMax = 1_000;

    /// <summary>Reads what is after a checkpoint, up to the version that is wanted.</summary>
    /// <returns>Less than the whole while an event waits for its place in the log.</returns>
    public async Task<OwnRead> ReadAsync(
        StreamVersion wanted, long applied, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var count = wanted.Version - applied;
        if (count is <= 0 or > EventsMax || timeout <= TimeSpan.Zero)
            return OwnRead.Nothing;
        try
        {
            var key = new StreamKey(wanted.Topic, wanted.Stream);
            return Judge(
                await sources.ReadStreamAsync(key, applied, (int)count, timeout, cancellationToken), wanted, applied);
        }
        catch (RpcException) when (!cancellationToken.IsCancellationRequested)
        {
            // The owner is away: the caller's answer says that it does not cover the token.
            return OwnRead.Nothing;
        }
    }

    private OwnRead Judge(IReadOnlyList<EventEnvelope> events, StreamVersion wanted, long applied)
    {
        var inOrder = events.TakeWhile((row, index) => row.Version == applied + 1 + index && row.LogId == wanted.LogId)
            .ToList();
        var good = inOrder.Where(canApply).ToList();
        var isGood = good.Count == inOrder.Count && inOrder.Count == events.Count;
        var isAll = inOrder.Count == wanted.Version - applied;
        return new OwnRead(good, isGood && isAll, isGood && !isAll);
    }
}
