using DaprSocial.Consistency;
using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Events;
using DaprSocial.Identifiers;
using DaprSocial.Users.V1;

namespace DaprSocial.EventLog.Tests;

public sealed class CommandRunnerTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private const string Heads = "select count(*) from stream_head";
    private const string Pending = "select count(*) from event_pending";

    private readonly Guid _actor = Uuid.Create(1);
    private LogHost _host = null!;

    public async Task InitializeAsync() => _host = await LogHost.StartAsync(fixture.Database);

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task Commands_AtOnceOnOneActor_GiveVersionsWithoutHoleAndGrowingIds()
    {
        const int Workers = 8, PerWorker = 25;

        var answers = await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            var mine = new List<CreateUserResponse>();
            for (var index = 0; index < PerWorker; index++)
                mine.Add(await _host.CreateAsync(_actor));
            return mine;
        })));

        await _host.SequenceAsync();
        var log = (await _host.ReadLogAsync()).OrderBy(row => row.Version).ToList();
        Assert.Equal(Enumerable.Range(1, Workers * PerWorker).Select(version => (long)version), log.Select(row => row.Version));
        AssertGrows(log.Select(row => row.EntityId));
        AssertGrows(log.Select(row => row.EventId));
        var versionOf = log.ToDictionary(row => row.EntityId, row => row.Version);
        Assert.All(answers.SelectMany(mine => mine), answer =>
            Assert.Equal(versionOf[answer.User.Id], VersionOf(answer.ConsistencyToken)));
        Assert.All(answers, mine => AssertGrows(mine.Select(answer => answer.User.Id)));
    }

    [Fact]
    public async Task Command_Always_RecordsWhatTheEventNeeds()
    {
        var after = ConsistencyToken.Of(new StreamVersion(Uuid.Create(7), Topics.Graph, Uuid.Create(8), 9));
        var call = LogHost.Call(_actor, "key", after: after) with { Traceparent = "00-a-b-01" };

        var answer = await _host.Runner.RunAsync(
            call, (command, token) => LogHost.CreateAsync(command, Topics.Users, _actor, token), CancellationToken.None);
        await _host.SequenceAsync();

        var row = Assert.Single(await _host.ReadLogAsync());
        Assert.Equal((1, 1, Topics.Users, 1), (row.Position, row.Version, row.Topic, row.SchemaVersion));
        Assert.Equal((_actor.ToString("D"), _actor.ToString("D")), (row.Stream, row.Actor));
        Assert.Equal((answer.User.Id, 1), (row.EntityId, row.EntityVersion));
        Assert.Equal(("daprsocial.users.v1.UserCreated", "key", "00-a-b-01"), (row.Type, row.RequestId, row.Traceparent));
        Assert.Equal(after.ToString(), row.After);
        Assert.Equal(_host.Clock.GetUtcNow(), row.OccurTime.ToDateTimeOffset());
        Assert.Equal(EventJson.Encode(new UserCreated { User = answer.User }), row.Payload);
        Assert.Equal(await _host.ReadAsync<Guid>("select log_id from event_log_state"), Guid.Parse(row.LogId));
        Assert.Equal(
            new StreamVersion(Guid.Parse(row.LogId), Topics.Users, _actor, 1),
            Assert.Single(ConsistencyToken.Parse(answer.ConsistencyToken).Streams));
    }

    [Fact]
    public async Task Command_TokenNamesWhatTheLogNeverHad_IsRefused()
    {
        var newest = ConsistencyToken.Parse((await _host.CreateAsync(_actor)).ConsistencyToken).Streams.Single();
        var call = LogHost.Call(_actor, after: ConsistencyToken.Of(newest));
        await RunAsync(call);

        foreach (var named in (StreamVersion[])[newest with { Version = 3 }, newest with { LogId = Guid.NewGuid() }])
        {
            var refusal = await Assert.ThrowsAsync<ServiceException>(
                () => RunAsync(LogHost.Call(_actor, after: ConsistencyToken.Of(named))));
            Assert.Equal((ErrorReason.LogChanged, "consistency_token"), (refusal.Reason, refusal.Field));
        }

        Assert.Equal(2, await _host.ReadAsync<int>(Pending));
        Assert.Equal(2, await _host.ReadAsync<long>("select version from stream_head"));

        Task RunAsync(CommandCall command) => _host.Runner.RunAsync(
            command, (transaction, token) => LogHost.CreateAsync(transaction, Topics.Users, _actor, token),
            CancellationToken.None);
    }

    [Fact]
    public async Task Refusal_AfterLockEventAndRow_LeavesNothing()
    {
        await _host.ExecuteAsync("create table thing (id int)");
        await _host.CreateAsync(_actor);

        var thrown = await Assert.ThrowsAsync<ServiceException>(() => _host.Runner.RunAsync<CreateUserResponse>(
            LogHost.Call(_actor, "key"), async (command, cancellationToken) =>
            {
                await LogHost.CreateAsync(command, Topics.Users, _actor, cancellationToken);
                await LogHost.CreateAsync(command, Topics.Posts, _actor, cancellationToken);
                await command.ExecuteAsync("insert into thing values (@id)", new { id = 1 }, cancellationToken);
                throw Refusals.InvalidField("handle", "bad.");
            },
            CancellationToken.None));

        Assert.Equal(ErrorReason.InvalidField, thrown.Reason);
        Assert.Equal(2, VersionOf((await _host.CreateAsync(_actor)).ConsistencyToken));
        Assert.Equal((1, 2, 0, 0), (
            await _host.ReadAsync<int>(Heads), await _host.ReadAsync<int>(Pending),
            await _host.ReadAsync<int>("select count(*) from thing"),
            await _host.ReadAsync<int>("select count(*) from request")));
    }

    [Fact]
    public async Task Cancellation_DuringTheCommand_LeavesNothing()
    {
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _host.Runner.RunAsync(
            LogHost.Call(_actor), async (command, cancellationToken) =>
            {
                var answer = await LogHost.CreateAsync(command, Topics.Users, _actor, cancellationToken);
                await cancellation.CancelAsync();
                return answer;
            },
            cancellation.Token));

        Assert.Equal((0, 0), (await _host.ReadAsync<int>(Heads), await _host.ReadAsync<int>(Pending)));
    }

    [Fact]
    public async Task Command_WithoutEvent_LeavesTheVersion()
    {
        await _host.CreateAsync(_actor);

        var answer = await _host.Runner.RunAsync(LogHost.Call(_actor), LockOnlyAsync, CancellationToken.None);

        Assert.Equal(1, VersionOf(answer.ConsistencyToken));
        Assert.Equal(2, VersionOf((await _host.CreateAsync(_actor)).ConsistencyToken));
        await _host.SequenceAsync();
        Assert.Equal([1, 2], (await _host.ReadLogAsync()).Select(row => row.Version));
    }

    [Fact]
    public async Task Command_WithoutEventAsTheFirst_NamesNothingInItsToken()
    {
        var answer = await _host.Runner.RunAsync(LogHost.Call(_actor), LockOnlyAsync, CancellationToken.None);

        Assert.Equal("", answer.ConsistencyToken);
        Assert.Equal(1, VersionOf((await _host.CreateAsync(_actor)).ConsistencyToken));
    }

    [Fact]
    public async Task Command_WithoutEvent_WakesNobody()
    {
        await _host.Runner.RunAsync(LogHost.Call(_actor), LockOnlyAsync, CancellationToken.None);
        var waiting = _host.Signals.Committed.WaitAsync(TimeSpan.FromMinutes(1), _host.Clock, CancellationToken.None);

        Assert.False(waiting.IsCompleted);

        await _host.CreateAsync(_actor);
        await waiting;
    }

    [Fact]
    public async Task Command_WithTwoEvents_GivesTwoVersions()
    {
        var answer = await _host.Runner.RunAsync(
            LogHost.Call(_actor), async (command, cancellationToken) =>
            {
                var stream = await command.LockStreamAsync(Topics.Users, _actor, cancellationToken);
                LogHost.Append(stream);
                return LogHost.Append(stream);
            },
            CancellationToken.None);

        Assert.Equal(2, VersionOf(answer.ConsistencyToken));
        Assert.Equal(3, VersionOf((await _host.CreateAsync(_actor)).ConsistencyToken));
        await _host.SequenceAsync();
        var log = await _host.ReadLogAsync();
        Assert.Equal([1, 2, 3], log.Select(row => row.Version));
        AssertGrows(log.Select(row => row.EntityId));
    }

    [Fact]
    public async Task Command_OnTwoTopics_HasAVersionInEach()
    {
        await _host.CreateAsync(_actor, Topics.Posts);

        var answer = await _host.Runner.RunAsync(
            LogHost.Call(_actor), async (command, cancellationToken) =>
            {
                await LogHost.CreateAsync(command, Topics.Users, _actor, cancellationToken);
                return await LogHost.CreateAsync(command, Topics.Posts, _actor, cancellationToken);
            },
            CancellationToken.None);

        Assert.Equal(2, VersionOf(answer.ConsistencyToken));
        await _host.SequenceAsync();
        Assert.Equal(
            [(Topics.Posts, 1L), (Topics.Users, 1L), (Topics.Posts, 2L)],
            (await _host.ReadLogAsync()).Select(row => (row.Topic, row.Version)));
    }

    [Fact]
    public async Task NewId_ParentsClockAhead_IsGreaterThanTheParent()
    {
        var parent = Uuid.Create(_host.Clock.GetUtcNow().ToUnixTimeMilliseconds() + 5000);

        var reply = await _host.Runner.RunAsync(
            LogHost.Call(_actor), async (command, cancellationToken) =>
                LogHost.Append(await command.LockStreamAsync(Topics.Users, _actor, cancellationToken), parent),
            CancellationToken.None);
        var next = await _host.CreateAsync(_actor);

        AssertGrows([parent.ToString("D"), reply.User.Id, next.User.Id]);
        Assert.Equal(Uuid.GetUnixMilliseconds(parent) + 1, Uuid.GetUnixMilliseconds(Guid.Parse(reply.User.Id)));
    }

    [Fact]
    public async Task NewId_OlderParent_IsOfNow()
    {
        var answer = await _host.Runner.RunAsync(
            LogHost.Call(_actor), async (command, cancellationToken) =>
                LogHost.Append(await command.LockStreamAsync(Topics.Users, _actor, cancellationToken), Uuid.Create(5)),
            CancellationToken.None);

        Assert.Equal(_host.Clock.GetUtcNow(), Uuid.GetTime(Guid.Parse(answer.User.Id)));
    }

    [Fact]
    public async Task NewId_ClockOfAnotherProcessBehind_StillGrows()
    {
        await using var behind = _host.StartAnother(TimeSpan.FromSeconds(-1));

        var first = await _host.CreateAsync(_actor);
        var second = await behind.CreateAsync(_actor);
        var third = await _host.CreateAsync(_actor);

        AssertGrows([first.User.Id, second.User.Id, third.User.Id]);
    }

    [Fact]
    public async Task Now_OfACommand_IsTheClocksToTheMillisecond()
    {
        _host.Clock.Advance(TimeSpan.FromTicks(1234));
        DateTimeOffset? now = null;

        await _host.Runner.RunAsync(
            LogHost.Call(_actor), (command, _) =>
            {
                now = command.Now;
                return Task.FromResult(new CreateUserResponse());
            },
            CancellationToken.None);

        Assert.Equal(_host.Clock.GetUtcNow().ToUnixTimeMilliseconds(), now!.Value.ToUnixTimeMilliseconds());
        Assert.Equal(0, now.Value.Ticks % TimeSpan.TicksPerMillisecond);
    }

    private static long VersionOf(string token) => Assert.Single(ConsistencyToken.Parse(token).Streams).Version;

    private static void AssertGrows(IEnumerable<string> ids)
    {
        var list = ids.ToList();
        Assert.All(list.Zip(list.Skip(1)), pair => Assert.True(
            string.CompareOrdinal(pair.First, pair.Second) < 0, $"{pair.First} is not before {pair.Second}"));
    }

    private async Task<CreateUserResponse> LockOnlyAsync(CommandTransaction command, CancellationToken cancellationToken)
    {
        var stream = await command.LockStreamAsync(Topics.Users, _actor, cancellationToken);
        return new CreateUserResponse { ConsistencyToken = stream.Token.ToString() };
    }
}
