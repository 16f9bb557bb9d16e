using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using Npgsql;

namespace DaprSocial.EventLog.Tests;

public sealed class EventSequencerTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly TimeSpan _poll = TimeSpan.FromMilliseconds(100);

    private readonly Guid[] _actors = [.. Enumerable.Range(1, 10).Select(index => Uuid.Create(index))];
    private LogHost _host = null!;

    public async Task InitializeAsync() => _host = await LogHost.StartAsync(fixture.Database);

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task Sequence_NothingPending_MovesNothing()
    {
        Assert.Equal(0, await _host.SequenceAsync());
        Assert.Empty(await _host.ReadLogAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Sequence_WhileManyActorsCommit_PutsEachEventOnceInStreamOrder(int sequencers)
    {
        await using var other = _host.StartAnother(TimeSpan.Zero);
        LogHost[] hosts = sequencers == 1 ? [_host] : [_host, other];
        var committing = Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() => CommitAsync(writer, 40))));

        var sequencing = Task.WhenAll(hosts.Select(host => Task.Run(async () =>
        {
            var moved = 0;
            while (!committing.IsCompleted)
                moved += await host.SequenceAsync();
            return moved;
        })));
        var committed = (await committing).SelectMany(ids => ids).ToList();
        var total = (await sequencing).Sum() + await _host.SequenceAsync();

        var log = await _host.ReadLogAsync();
        Assert.Equal(committed.Count, total);
        AssertContiguous(log);
        Assert.Equal(committed.Order(StringComparer.Ordinal), log.Select(row => row.EntityId).Order(StringComparer.Ordinal));
        Assert.All(log.GroupBy(row => (row.Topic, row.Stream)), stream => Assert.Equal(
            Enumerable.Range(1, stream.Count()).Select(version => (long)version), stream.Select(row => row.Version)));
        Assert.Equal(0, await _host.ReadAsync<int>("select count(*) from event_pending"));
    }

    [Fact]
    public async Task Sequence_LowerRowCommittedLate_IsNotLost()
    {
        await using var connection = await _host.Source.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var slow = new CommandTransaction(connection, transaction, _host.Clock.GetUtcNow());
        var late = await LogHost.CreateAsync(slow, Topics.Users, _actors[0], CancellationToken.None);
        await slow.FinishAsync(LogHost.Call(_actors[0]), late, CancellationToken.None);

        // The later row is in the log before the earlier one is committed.
        var early = await _host.CreateAsync(_actors[1]);
        Assert.Equal(1, await _host.SequenceAsync());
        await transaction.CommitAsync();
        Assert.Equal(1, await _host.SequenceAsync());

        var log = await _host.ReadLogAsync();
        AssertContiguous(log);
        Assert.Equal([early.User.Id, late.User.Id], log.Select(row => row.EntityId));
    }

    [Theory]
    [InlineData(999)]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(2500)]
    public async Task Sequence_MoreThanABatch_MovesAll(int count)
    {
        await _host.FillAsync(_actors[0], count);

        Assert.Equal(count, await _host.SequenceAsync());

        var log = await _host.ReadLogAsync();
        Assert.Equal(count, log.Count);
        AssertContiguous(log);
        Assert.All(log, row => Assert.Equal(row.Position, row.Version));
    }

    [Fact]
    public async Task Sequence_Always_NotesWhenAndWhichLog()
    {
        await _host.CreateAsync(_actors[0]);
        _host.Clock.Advance(TimeSpan.FromSeconds(3));

        await _host.SequenceAsync();

        var row = Assert.Single(await _host.ReadLogAsync());
        Assert.Equal(_host.Clock.GetUtcNow(), row.SequenceTime.ToDateTimeOffset());
        Assert.Equal(_host.Clock.GetUtcNow().AddSeconds(-3), row.OccurTime.ToDateTimeOffset());
        Assert.Equal((await _host.Store.ReadStateAsync(CancellationToken.None)).LogId, Guid.Parse(row.LogId));
    }

    [Fact]
    public async Task Sequence_VersionThatIsThereAlready_IsRefusedAndStaysPending()
    {
        await _host.FillAsync(_actors[0], 2);
        await _host.SequenceAsync();
        await _host.FillAsync(_actors[0], 3);

        var thrown = await Assert.ThrowsAsync<PostgresException>(_host.SequenceAsync);

        Assert.Equal(PostgresErrorCodes.UniqueViolation, thrown.SqlState);
        Assert.Equal(2, (await _host.ReadLogAsync()).Count);
        Assert.Equal(3, await _host.ReadAsync<int>("select count(*) from event_pending"));
    }

    [Fact]
    public async Task Loop_CommandCommits_IsWokenAtOnce()
    {
        await RunLoopAsync(async () =>
        {
            var sequenced = SequencedAsync();
            await _host.CreateAsync(_actors[0]);
            await sequenced.InTimeAsync();
        });

        Assert.Single(await _host.ReadLogAsync());
    }

    [Fact]
    public async Task Loop_OtherProcessCommits_FindsItByItsPoll()
    {
        await using var other = _host.StartAnother(TimeSpan.Zero);

        await RunLoopAsync(async () =>
        {
            var sequenced = SequencedAsync();
            await other.CreateAsync(_actors[0]);
            _host.Clock.Advance(_poll);
            await sequenced.InTimeAsync();
        });

        Assert.Single(await _host.ReadLogAsync());
    }

    [Fact]
    public async Task Loop_DatabaseWasAway_GoesOn()
    {
        await RunLoopAsync(async () =>
        {
            await TerminateConnectionsAsync();
            var connecting = _host.Watch.NextAsync("pg_advisory_xact_lock");
            _host.Clock.Advance(_poll);
            await connecting.InTimeAsync();
            await _host.Clock.WhenScheduledAsync(_poll).InTimeAsync();

            var sequenced = SequencedAsync();
            await _host.CreateAsync(_actors[0]);
            await sequenced.InTimeAsync();
        });

        Assert.Single(await _host.ReadLogAsync());
    }

    private static void AssertContiguous(List<Event> log) =>
        Assert.Equal(Enumerable.Range(1, log.Count).Select(position => (long)position), log.Select(row => row.Position));

    /// <summary>Commits events of actors in an order of the writer's own.</summary>
    private async Task<List<string>> CommitAsync(int writer, int count)
    {
        var random = new Random(writer);
        var ids = new List<string>();
        for (var index = 0; index < count; index++)
        {
            var topic = random.Next(3) == 0 ? Topics.Posts : Topics.Users;
            ids.Add((await _host.CreateAsync(_actors[random.Next(_actors.Length)], topic)).User.Id);
        }

        return ids;
    }

    private async Task RunLoopAsync(Func<Task> actAsync)
    {
        await _host.Sequencer.StartAsync(CancellationToken.None);
        await _host.Clock.WhenScheduledAsync(_poll).InTimeAsync();
        await actAsync();
        await _host.Sequencer.StopAsync(CancellationToken.None);
        Assert.False(_host.Sequencer.ExecuteTask!.IsFaulted);
    }

    private Task SequencedAsync() =>
        _host.Signals.Sequenced.WaitAsync(TimeSpan.FromDays(1), _host.Clock, CancellationToken.None);

    /// <summary>Ends the idle connections of the host's pool, as a restart of the server does.</summary>
    private async Task TerminateConnectionsAsync()
    {
        await using var another = NpgsqlDataSource.Create(fixture.Database.ConnectionString);
        await using var command = another.CreateCommand(
            "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity "
            + "where datname = current_database() and pid <> pg_backend_pid()");
        await command.ExecuteScalarAsync();
    }
}
