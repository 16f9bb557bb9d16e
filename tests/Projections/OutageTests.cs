using Dapper;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using Npgsql;

namespace DaprSocial.Projections.Tests;

public sealed class OutageTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly Guid _ada = Uuid.Create(1);
    private static readonly Guid _bob = Uuid.Create(2);

    private ProjectionWorld _world = null!;
    private ProjectionHost _host = null!;

    public async Task InitializeAsync()
    {
        _world = await ProjectionWorld.CreateAsync(fixture.Database);
        _host = await _world.StartHostAsync();
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task Connection_LostBeforeTheEffects_AppliesOnceAfterAPause()
    {
        var losses = 0;
        _host.Store.OnFlushAsync = connection => losses++ < 1 ? TerminateAsync(connection) : Task.CompletedTask;

        await DeliverThroughPausesAsync(20);

        Assert.True(losses > 1, "Nothing was tried again.");
        await AssertAppliedAsync();
    }

    [Fact]
    public async Task Connection_LostBetweenEffectsAndCommit_AppliesOnceAfterAPause()
    {
        var losses = 0;
        _host.Store.OnFlushedAsync = connection => losses++ < 1 ? TerminateAsync(connection) : Task.CompletedTask;

        await DeliverThroughPausesAsync(20);

        Assert.True(losses > 1, "Nothing was tried again.");
        await AssertAppliedAsync();
    }

    [Fact]
    public async Task Database_AwayForLong_IsTriedWithGrowingPausesAndNothingIsParked()
    {
        int[] pausesMs = [20, 40, 80, 160, 320, 640, 1280, 2000, 2000];
        var tries = 0;
        _host.Store.OnFlushAsync = _ => tries++ < pausesMs.Length
            ? throw new NpgsqlException("The database is away.")
            : Task.CompletedTask;

        await DeliverThroughPausesAsync(pausesMs);

        Assert.True(tries > pausesMs.Length, $"{tries} tries");
        await AssertAppliedAsync();
    }

    [Theory]
    [InlineData(PostgresErrorCodes.DeadlockDetected)]
    [InlineData(PostgresErrorCodes.SerializationFailure)]
    [InlineData(PostgresErrorCodes.AdminShutdown)]
    public async Task Database_AsksToTryAgain_AppliesOnceAfterAPause(string state)
    {
        var tries = 0;
        _host.Store.OnFlushedAsync = _ => tries++ < 1
            ? throw new PostgresException("Try again.", "ERROR", "ERROR", state)
            : Task.CompletedTask;

        await DeliverThroughPausesAsync(20);

        await AssertAppliedAsync();
    }

    [Fact]
    public async Task Crash_BetweenEffectsAndCommit_LeavesNeither()
    {
        var isWritten = new TaskCompletionSource();
        _host.Store.OnFlushedAsync = async connection =>
        {
            isWritten.SetResult();
            // The process ends here: its connection breaks and nobody commits.
            await TerminateAsync(connection);
            throw new OperationCanceledException();
        };
        var row = _world.Append(_ada);

        var delivering = _host.DeliverAsync(row.Topic, Events.EventJson.EncodeUtf8(row));
        await isWritten.Task.InTimeAsync();
        await _host.CrashAsync();

        await _world.AssertAppliedOnceAsync(_ada, 0);
        Assert.False(delivering.IsCompletedSuccessfully);
        var restarted = await _world.StartHostAsync();
        await restarted.DeliverAsync(row);
        await _world.AssertAppliedOnceAsync(_ada, 1);
    }

    [Fact]
    public async Task Crash_BeforeTheCommit_LeavesNothingToWakeFor()
    {
        _host.Store.OnFlushedAsync = _ => throw new OperationCanceledException();
        var next = _host.Applied.NextAdvance;
        var row = _world.Append(_ada);

        var delivering = _host.DeliverAsync(row.Topic, Events.EventJson.EncodeUtf8(row));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _host.Engine.ExecuteTask!.InTimeAsync());
        await _host.CrashAsync();

        Assert.False(next.IsCompleted);
        Assert.Equal(0, _host.Applied.Get(new StreamKey(row.Topic, _ada)));
        Assert.False(delivering.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Loop_ThatFailsUnexpectedly_IsVisibleToTheHost()
    {
        var broken = _world.CreateHost();
        await broken.StartEngineAsync();
        await _world.ExecuteAsync("drop table log_source");
        var row = _world.Append(_ada);

        _ = broken.DeliverAsync(row.Topic, Events.EventJson.EncodeUtf8(row));

        await Assert.ThrowsAsync<PostgresException>(() => broken.Engine.ExecuteTask!.InTimeAsync());
        await broken.CrashAsync();
    }

    /// <summary>Delivers three events as one batch while the clock is moved through the pauses between tries.</summary>
    private async Task DeliverThroughPausesAsync(params int[] pausesMs)
    {
        var rows = _world.AppendMany(_ada, 2);
        rows.Add(_world.Append(_bob));
        var delivering = _host.DeliverAllAsync(rows);
        foreach (var pauseMs in pausesMs)
        {
            var pause = TimeSpan.FromMilliseconds(pauseMs);
            await _world.Clock.WhenScheduledAsync(pause).InTimeAsync();
            _world.Clock.Advance(pause);
        }

        await delivering;
    }

    private async Task AssertAppliedAsync()
    {
        await _world.AssertAppliedOnceAsync(_ada, 2);
        await _world.AssertAppliedOnceAsync(_bob, 1);
        Assert.Equal(0, await _world.ReadAsync<int>("select count(*) from parked_stream"));
    }

    private async Task TerminateAsync(NpgsqlConnection victim)
    {
        await using var connection = await _world.Source.DataSource.OpenConnectionAsync();
        // Waits, up to five seconds, until it has really ended.
        Assert.True(await connection.QuerySingleAsync<bool>(
            "select pg_terminate_backend(@pid, 5000)", new { pid = victim.ProcessID }));
    }
}
