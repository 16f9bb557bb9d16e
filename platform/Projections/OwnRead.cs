namespace DaprSocial.Projections;

/// <summary>What was read of the caller's own stream beyond its checkpoint.</summary>
/// <param name="Events">Those that can be applied, in order.</param>
/// <param name="IsWhole">True when they lead up to the version that was asked for and none was left out.</param>
/// <param name="IsPending">True when the log had not come to that version: reading again helps.</param>
internal sealed record OwnRead(IReadOnlyList<EventEnvelope> Events, bool IsWhole, bool IsPending)
{
    public static OwnRead Nothing { get; } = new([], false, false);
}
