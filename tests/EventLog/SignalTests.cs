using DaprSocial.Testing;

namespace DaprSocial.EventLog.Tests;

public sealed class SignalTests
{
    private static readonly TimeSpan _atMost = TimeSpan.FromMilliseconds(100);

    private readonly FakeTimeProvider _clock = new();
    private readonly Signal _signal = new();

    [Fact]
    public async Task Wait_PulseWhileWaiting_Ends()
    {
        var waiting = WaitAsync();
        Assert.False(waiting.IsCompleted);

        _signal.Pulse();

        await waiting.InTimeAsync();
    }

    [Fact]
    public async Task Wait_PulseBefore_EndsAtOnceAndOnce()
    {
        _signal.Pulse();
        _signal.Pulse();

        await WaitAsync().InTimeAsync();
        var second = WaitAsync();
        Assert.False(second.IsCompleted);

        _signal.Pulse();
        await second.InTimeAsync();
    }

    [Fact]
    public async Task Wait_NoPulse_EndsAfterItsTime()
    {
        var waiting = WaitAsync();
        _clock.Advance(_atMost - TimeSpan.FromTicks(1));
        Assert.False(waiting.IsCompleted);

        _clock.Advance(TimeSpan.FromTicks(1));

        await waiting.InTimeAsync();
    }

    [Fact]
    public async Task Wait_Cancelled_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var waiting = _signal.WaitAsync(_atMost, _clock, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private Task WaitAsync() => _signal.WaitAsync(_atMost, _clock, CancellationToken.None);
}
