namespace DaprSocial.Projections;

/// <summary>The log that a topic's checkpoints speak of.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="LogId">Its identity.</param>
/// <param name="Position">Up to where it was compared with the checkpoints.</param>
/// <param name="IsRewound">True when it was seen to end before that: its owner was restored from a backup.</param>
internal sealed record KnownLog(string Topic, Guid LogId, long Position, bool IsRewound)
{
    /// <summary>True when events of a log continue what the checkpoints speak of.</summary>
    public bool Is(Guid logId) => LogId == logId && !IsRewound;
}
