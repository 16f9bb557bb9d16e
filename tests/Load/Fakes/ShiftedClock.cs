namespace DaprSocial.Load.Tests.Fakes;

/// <summary>The real clock, set forward.</summary>
internal sealed class ShiftedClock(TimeSpan forward) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + forward;
}
