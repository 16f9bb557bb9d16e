using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Hosting;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using Microsoft.Extensions.Logging;

namespace DaprSocial.EventLog.Tests;

public sealed class ClockGuardTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private readonly LogRecorder<ClockGuard> _log = new();
    private LogHost _host = null!;

    public async Task InitializeAsync() => _host = await LogHost.StartAsync(fixture.Database);

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Theory]
    [InlineData(-300)]
    [InlineData(0)]
    [InlineData(300)]
    public async Task Measure_ClockNearTheDatabases_IsReady(int offMs)
    {
        using var guard = CreateGuard(offMs);

        await guard.MeasureAsync(CancellationToken.None);

        Assert.True(guard.IsReady);
        guard.ThrowIfSkewed();
        Assert.Empty(_log.Entries);
    }

    [Theory]
    [InlineData(-2500)]
    [InlineData(2500)]
    public async Task Measure_ClockOverASecondOff_RefusesCommands(int offMs)
    {
        using var guard = CreateGuard(offMs);

        await guard.MeasureAsync(CancellationToken.None);

        Assert.False(guard.IsReady);
        var refusal = Assert.Throws<ServiceException>(guard.ThrowIfSkewed);
        Assert.Equal(ErrorReason.ClockSkew, refusal.Reason);
        Assert.Equal(LogLevel.Warning, Assert.Single(_log.Entries).Level);
        Assert.Equal(Math.Sign(offMs), Math.Sign(guard.Skew.Ticks));
    }

    [Fact]
    public async Task Command_OnASkewedInstance_IsRefusedBeforeItBegins()
    {
        await using var skewed = _host.StartAnother(TimeSpan.FromSeconds(10));
        await skewed.ClockGuard.MeasureAsync(CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<ServiceException>(() => skewed.CreateAsync(Uuid.Create(1)));

        Assert.Equal(ErrorReason.ClockSkew, refusal.Reason);
        Assert.Equal(0, await _host.ReadAsync<int>("select count(*) from stream_head"));
        await _host.CreateAsync(Uuid.Create(1));
    }

    [Fact]
    public async Task Start_ClockOff_IsNotReadyFromTheStart()
    {
        using var guard = CreateGuard(10_000);

        await guard.StartAsync(CancellationToken.None);

        Assert.False(guard.IsReady);
        await guard.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Loop_ClockIsSetRight_IsReadyAgain()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddSeconds(-5));
        using var guard = new ClockGuard(_host.Source, clock, _log);
        await guard.StartAsync(CancellationToken.None);
        await clock.WhenScheduledAsync(TimeSpan.FromSeconds(5)).InTimeAsync();
        await guard.MeasureAsync(CancellationToken.None);
        Assert.False(guard.IsReady);

        var measured = _host.Watch.NextAsync("clock_timestamp");
        clock.SetUtcNow(TimeProvider.System.GetUtcNow());
        await measured.InTimeAsync();
        // The loop's own measurement may still be under way; one more tells what it will find.
        await guard.MeasureAsync(CancellationToken.None);

        Assert.True(guard.IsReady);
        await guard.StopAsync(CancellationToken.None);
    }

    private ClockGuard CreateGuard(int offMs) =>
        new(_host.Source, new ShiftedClock(TimeSpan.FromMilliseconds(offMs)), _log);

    /// <summary>The real clock, wrong by a constant.</summary>
    private sealed class ShiftedClock(TimeSpan off) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + off;
    }
}
