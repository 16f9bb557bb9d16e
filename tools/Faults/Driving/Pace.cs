namespace DaprSocial.Faults.Driving;

/// <summary>Spreads work evenly: so many a second at most.</summary>
internal sealed class Pace(double rate, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _next;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            // What was not used while nothing moved is not made up for.
            _next = _next > now ? _next : now;
            wait = _next - now;
            _next += TimeSpan.FromSeconds(1 / rate);
        }

        return Task.Delay(wait, clock, cancellationToken);
    }
}
