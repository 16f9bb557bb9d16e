using DaprSocial.Identifiers;
using DaprSocial.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DaprSocial.EventLog.Tests;

public sealed class LogWatchTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(5);

    private readonly Guid _actor = Uuid.Create(1);
    private LogHost _host = null!;
    private LogWatch _watch = null!;

    public async Task InitializeAsync()
    {
        _host = await LogHost.StartAsync(fixture.Database);
        _watch = new LogWatch(_host.Store, _host.Identity, _host.Clock, NullLogger<LogWatch>.Instance);
    }

    public async Task DisposeAsync()
    {
        _watch.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Gauges_EventsUntilTheyArePublished_CountThemAndTheAgeOfTheOldest()
    {
        Assert.Empty(Read(LogWatch.CountName));
        await AssertAsync(0, 0);

        await _host.CreateAsync(_actor);
        await _host.SequenceAsync();
        _host.Clock.Advance(TimeSpan.FromSeconds(7));
        await _host.CreateAsync(_actor);
        await AssertAsync(2, 7);

        await _host.Store.AdvancePublishedAsync(0, 1, CancellationToken.None);
        await AssertAsync(1, 0);
    }

    [Fact]
    public async Task Loop_EveryPeriod_Measures()
    {
        await _watch.StartAsync(CancellationToken.None);
        await _host.Clock.WhenScheduledAsync(_period).InTimeAsync();
        await _host.CreateAsync(_actor);

        // When it measures a second time, it is done with the first.
        foreach (var _ in (int[])[1, 2])
        {
            var measures = _host.Watch.NextAsync("published_position");
            _host.Clock.Advance(_period);
            await measures.InTimeAsync();
        }

        Assert.Equal(1, Read(LogWatch.CountName)[_host.Identity.AppId]);
        await _watch.StopAsync(CancellationToken.None).InTimeAsync();
    }

    private async Task AssertAsync(double count, double age)
    {
        await _watch.MeasureAsync(CancellationToken.None);
        Assert.Equal(count, Read(LogWatch.CountName)[_host.Identity.AppId]);
        Assert.Equal(age, Read(LogWatch.AgeName)[_host.Identity.AppId]);
    }

    // The log's schema is called the same in every test, and each has one; they run one after the other.
    private IReadOnlyDictionary<string, double> Read(string gauge) =>
        Gauges.Read(LogWatch.MeterName, gauge, _host.Identity.AppId, "service");
}
