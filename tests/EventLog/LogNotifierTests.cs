using DaprSocial.Hosting;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DaprSocial.EventLog.Tests;

public sealed class LogNotifierTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan _waitMax = TimeSpan.FromMinutes(1);

    private LogHost _commands = null!;
    private LogHost _relays = null!;

    public async Task InitializeAsync()
    {
        _commands = await LogHost.StartAsync(fixture.Database);
        _relays = _commands.StartAnother(TimeSpan.Zero);
    }

    public async Task DisposeAsync()
    {
        await _relays.DisposeAsync();
        await _commands.DisposeAsync();
    }

    [Fact]
    public async Task Commit_InAProcessWithoutRelay_WakesTheListener()
    {
        using var notifier = CreateNotifier();
        using var listener = new LogListener(
            _relays.Source, _relays.Identity, _relays.Signals, _relays.Clock, NullLogger<LogListener>.Instance);
        var heard = _relays.Signals.Committed.WaitAsync(_waitMax, _relays.Clock, CancellationToken.None);
        var listening = _relays.Watch.NextEndAsync("listen ");
        await listener.StartAsync(CancellationToken.None);
        await listening.InTimeAsync();
        await notifier.StartAsync(CancellationToken.None);

        await _commands.CreateAsync(Uuid.Create(1));

        await heard.InTimeAsync();
        await notifier.StopAsync(CancellationToken.None);
        await listener.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Commits_Many_AreNotifiedOncePerPause()
    {
        await using var connection = await _relays.Source.DataSource.OpenConnectionAsync();
        var notes = 0;
        connection.Notification += (_, _) => notes++;
        await using (var command = connection.CreateCommand())
        {
#pragma warning disable CA2100 // A channel's name cannot be a parameter.
            command.CommandText = $"listen {LogNotifier.ChannelOf(_commands.Identity)}";
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }

        using var notifier = CreateNotifier();
        await notifier.StartAsync(CancellationToken.None);
        await _commands.CreateAsync(Uuid.Create(1));
        await connection.WaitAsync(CancellationToken.None).InTimeAsync();
        await _commands.Clock.WhenScheduledAsync(_pause).InTimeAsync();
        for (var index = 0; index < 5; index++)
            await _commands.CreateAsync(Uuid.Create(1));

        _commands.Clock.Advance(_pause);
        await connection.WaitAsync(CancellationToken.None).InTimeAsync();
        await _commands.Clock.WhenScheduledAsync(_pause).InTimeAsync();

        Assert.Equal(2, notes);
        await notifier.StopAsync(CancellationToken.None);
    }

    private LogNotifier CreateNotifier() => new(
        _commands.Source, new ServiceIdentity(_commands.Identity.AppId, ServiceRoles.Commands), _commands.Signals,
        _commands.Clock, NullLogger<LogNotifier>.Instance);
}
