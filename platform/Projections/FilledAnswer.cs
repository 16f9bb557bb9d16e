using DaprSocial.Consistency;
using DaprSocial.Consistency.V1;
using Google.Protobuf.WellKnownTypes;

namespace DaprSocial.Projections;

/// <summary>How fresh an answer is that other services have filled. Pure.</summary>
public static class FilledAnswer
{
    /// <summary>How long another service may wait for the caller's token: a reader without one never waits.</summary>
    /// <param name="requestToken">What the caller asked for.</param>
    /// <param name="maxWait">How long the caller waits; null for the default.</param>
    public static Duration? WaitOf(ConsistencyToken requestToken, Duration? maxWait) =>
        requestToken.IsEmpty ? Duration.FromTimeSpan(TimeSpan.Zero) : maxWait;

    /// <summary>What of another service's freshness the caller is to be told.</summary>
    /// <param name="other">As the other service answered; null when it did not.</param>
    /// <param name="requestToken">
    /// What the caller asked for. Who has no token asked for nothing that could be missed, but is told of the lag.
    /// </param>
    /// <returns>Null for nothing.</returns>
    public static Freshness? BehindOf(Freshness? other, ConsistencyToken requestToken) => other switch
    {
        { Satisfied: false } when !requestToken.IsEmpty => other,
        { Lag: not null } when requestToken.IsEmpty => new Freshness { Satisfied = true, Lag = other.Lag },
        _ => null,
    };

    /// <summary>An answer is as fresh as the least fresh of the services that filled it.</summary>
    /// <param name="own">Of the service that answers; changed and returned.</param>
    /// <param name="behind">As <see cref="BehindOf"/> tells it.</param>
    public static Freshness With(this Freshness own, Freshness? behind)
    {
        ArgumentNullException.ThrowIfNull(own);
        if (!own.Satisfied || behind is null)
            return own;
        if (!behind.Satisfied)
        {
            own.Satisfied = false;
            own.Reason = behind.Reason;
            own.Lag = behind.Lag;
        }
        else if (own.Lag is not { } lag || lag.ToTimeSpan() < behind.Lag.ToTimeSpan())
            own.Lag = behind.Lag;
        return own;
    }
}
