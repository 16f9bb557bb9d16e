namespace DaprSocial.Ctl.Tests;

internal static class Limits
{
    /// <summary>Far above what anything here takes; it turns a hang into a failure.</summary>
    public static CancellationToken Patience() => new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;
}
