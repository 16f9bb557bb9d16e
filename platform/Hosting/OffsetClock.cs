namespace DaprSocial.Hosting;

/// <summary>The system's clock, so much off: what the fault suite gives an instance whose clock is wrong.</summary>
public sealed class OffsetClock(TimeSpan offset) : TimeProvider
{
    /// <summary>Environment variable: milliseconds to add to the system's time.</summary>
    public const string Variable = "DAPRSOCIAL_CLOCK_OFFSET_MS";

    /// <summary>The system's own clock where nothing is to be added.</summary>
    public static TimeProvider Of(int offsetMs) =>
        offsetMs == 0 ? System : new OffsetClock(TimeSpan.FromMilliseconds(offsetMs));

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}
