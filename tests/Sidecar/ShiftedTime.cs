namespace DaprSocial.Sidecar.Tests;

/// <summary>The real clock, moved on by a test.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private TimeSpan _ahead;

    public void Advance(TimeSpan by) => _ahead += by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;
}
