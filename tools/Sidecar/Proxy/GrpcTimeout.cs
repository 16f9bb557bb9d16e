using System.Globalization;

namespace DaprSocial.Sidecar.Proxy;

/// <summary>Reads the deadline that a call carries: up to eight digits and a unit.</summary>
internal static class GrpcTimeout
{
    // The tick of the timers by which servers keep deadlines; one may end a call that much before its time.
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(16);

    /// <summary>Whether a call that has taken so long has outlived its grpc-timeout; false without one.</summary>
    public static bool IsPast(string? timeout, TimeSpan elapsed)
    {
        if (timeout is not { Length: >= 2 and <= 9 }
            || !long.TryParse(timeout.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
            return false;

        var ticksPerUnit = timeout[^1] switch
        {
            'H' => TimeSpan.TicksPerHour,
            'M' => TimeSpan.TicksPerMinute,
            'S' => TimeSpan.TicksPerSecond,
            'm' => TimeSpan.TicksPerMillisecond,
            'u' => TimeSpan.TicksPerMicrosecond,
            _ => 0, // nanoseconds: less than a tick
        };
        return elapsed + _tick >= TimeSpan.FromTicks(amount * ticksPerUnit);
    }
}
