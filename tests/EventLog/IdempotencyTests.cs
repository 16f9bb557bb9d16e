using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Events;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using DaprSocial.Users.V1;

namespace DaprSocial.EventLog.Tests;

public sealed class IdempotencyTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private const string Requests = "select count(*) from request";

    private readonly Guid _actor = Uuid.Create(1);
    private LogHost _host = null!;
    private int _executions;

    public async Task InitializeAsync() => _host = await LogHost.StartAsync(fixture.Database);

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task Key_UsedAgain_GetsTheSameAnswerAndOneEvent()
    {
        var first = await RunAsync(LogHost.Call(_actor, "key"));
        var second = await RunAsync(LogHost.Call(_actor, "key"));

        Assert.Equal(first, second);
        Assert.Equal((1, 1), (_executions, await _host.SequenceAsync()));
    }

    [Fact]
    public async Task Key_UsedTwiceAtOnce_ExecutesOnceAndAnswersTwice()
    {
        var isInside = new TaskCompletionSource();
        var mayEnd = new TaskCompletionSource();
        var first = _host.Runner.RunAsync(
            LogHost.Call(_actor, "key"), async (command, cancellationToken) =>
            {
                isInside.SetResult();
                await mayEnd.Task;
                return await ExecuteAsync(command, cancellationToken);
            },
            CancellationToken.None);
        await isInside.Task.InTimeAsync();

        var claim = _host.Watch.NextAsync("insert into request");
        var second = RunAsync(LogHost.Call(_actor, "key"));
        await claim.InTimeAsync();
        mayEnd.SetResult();

        Assert.Equal(await first.InTimeAsync(), await second.InTimeAsync());
        Assert.Equal((1, 1), (_executions, await _host.SequenceAsync()));
    }

    [Fact]
    public async Task Key_UsedTwiceAtOnceAndTheFirstRefused_ExecutesTheSecond()
    {
        var isInside = new TaskCompletionSource();
        var mayEnd = new TaskCompletionSource();
        var first = _host.Runner.RunAsync<CreateUserResponse>(
            LogHost.Call(_actor, "key"), async (_, _) =>
            {
                isInside.SetResult();
                await mayEnd.Task;
                throw Refusals.Conflict();
            },
            CancellationToken.None);
        await isInside.Task.InTimeAsync();

        var claim = _host.Watch.NextAsync("insert into request");
        var second = RunAsync(LogHost.Call(_actor, "key"));
        await claim.InTimeAsync();
        mayEnd.SetResult();

        await Assert.ThrowsAsync<ServiceException>(() => first.InTimeAsync());
        await second.InTimeAsync();
        Assert.Equal((1, 1), (_executions, await _host.SequenceAsync()));
    }

    [Fact]
    public async Task Keys_ManyCallsAtOnce_ExecuteEachOnce()
    {
        var random = new Random(7);
        string[] keys = [.. Enumerable.Range(0, 60).Select(index => $"key{index % 12}").OrderBy(_ => random.Next())];

        var answers = await Task.WhenAll(keys.Select(key =>
            Task.Run(async () => (key, (await RunAsync(LogHost.Call(_actor, key))).User.Id))));

        Assert.All(answers.GroupBy(answer => answer.key), key => Assert.Single(key.Distinct()));
        Assert.Equal((12, 12), (_executions, await _host.SequenceAsync()));
    }

    [Fact]
    public async Task Key_WithAnotherBody_IsRefused()
    {
        await RunAsync(LogHost.Call(_actor, "key", body: 1));

        var refusal = await Assert.ThrowsAsync<ServiceException>(() => RunAsync(LogHost.Call(_actor, "key", body: 2)));

        Assert.Equal((ErrorReason.RequestIdReused, "request_id"), (refusal.Reason, refusal.Field));
        Assert.Equal((1, 1), (_executions, await _host.SequenceAsync()));
    }

    [Fact]
    public async Task Key_OfAnotherActorOrRpc_IsAnotherKey()
    {
        await RunAsync(LogHost.Call(_actor, "key"));
        await RunAsync(LogHost.Call(Uuid.Create(2), "key", body: 2));
        await RunAsync(LogHost.Call(_actor, "key", body: 3) with { Rpc = "/test/Other" });

        Assert.Equal(3, _executions);
    }

    [Fact]
    public async Task Key_Empty_ExecutesEveryTimeAndStoresNothing()
    {
        await RunAsync(LogHost.Call(_actor));
        await RunAsync(LogHost.Call(_actor));

        Assert.Equal((2, 0), (_executions, await _host.ReadAsync<int>(Requests)));
    }

    [Fact]
    public async Task Refusal_WithAKey_IsNotStored()
    {
        await Assert.ThrowsAsync<ServiceException>(() => _host.Runner.RunAsync<CreateUserResponse>(
            LogHost.Call(_actor, "key", body: 1), (_, _) => throw Refusals.InvalidId("user_id"), CancellationToken.None));

        await RunAsync(LogHost.Call(_actor, "key", body: 2));

        Assert.Equal(1, _executions);
    }

    [Fact]
    public async Task Answer_WithoutContent_IsStoredToo()
    {
        for (var call = 0; call < 2; call++)
        {
            await _host.Runner.RunAsync(
                LogHost.Call(_actor, "key"), (_, _) =>
                {
                    _executions++;
                    return Task.FromResult(new CreateUserResponse());
                },
                CancellationToken.None);
        }

        Assert.Equal(1, _executions);
    }

    [Fact]
    public async Task Key_AfterADay_IsNewAgain()
    {
        var first = await RunAsync(LogHost.Call(_actor, "key", body: 1));
        _host.Clock.Advance(CommandRunner.RequestKept - TimeSpan.FromMilliseconds(1));
        Assert.Equal(first, await RunAsync(LogHost.Call(_actor, "key", body: 1)));

        _host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = await RunAsync(LogHost.Call(_actor, "key", body: 2));

        Assert.NotEqual(first, second);
        Assert.Equal(second, await RunAsync(LogHost.Call(_actor, "key", body: 2)));
        Assert.Equal((TimeSpan.FromHours(24), 2), (CommandRunner.RequestKept, _executions));
    }

    [Fact]
    public async Task Key_ExpiredAndUsedTwiceAtOnce_ExecutesOnce()
    {
        await RunAsync(LogHost.Call(_actor, "key"));
        _host.Clock.Advance(CommandRunner.RequestKept);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            Task.Run(() => RunAsync(LogHost.Call(_actor, "key")))));

        Assert.Single(answers.Distinct());
        Assert.Equal(2, _executions);
    }

    [Fact]
    public async Task CleanUp_OfKeys_DeletesTheExpiredOnes()
    {
        await RunAsync(LogHost.Call(_actor, "old"));
        _host.Clock.Advance(TimeSpan.FromHours(1));
        await RunAsync(LogHost.Call(_actor, "new"));
        _host.Clock.Advance(TimeSpan.FromHours(23));

        var deleted = await _host.Store.DeleteExpiredRequestsAsync(_host.Clock.GetUtcNow(), 100, CancellationToken.None);

        Assert.Equal((1, "new"), (deleted, await _host.ReadAsync<string>("select request_id from request")));
    }

    [Fact]
    public async Task CleanUp_ByTheSequencersLoop_HappensOnceAMinute()
    {
        await RunAsync(LogHost.Call(_actor, "old"));
        var cleaned = _host.Watch.NextAsync("delete from request");
        await _host.Sequencer.StartAsync(CancellationToken.None);
        await cleaned.InTimeAsync();
        await _host.Clock.WhenScheduledAsync(TimeSpan.FromMilliseconds(100)).InTimeAsync();
        Assert.Equal(1, await _host.ReadAsync<int>(Requests));

        cleaned = _host.Watch.NextAsync("delete from request");
        _host.Clock.Advance(CommandRunner.RequestKept);
        await cleaned.InTimeAsync();
        await _host.Clock.WhenScheduledAsync(TimeSpan.FromMilliseconds(100)).InTimeAsync();

        Assert.Equal(0, await _host.ReadAsync<int>(Requests));
        await _host.Sequencer.StopAsync(CancellationToken.None);
    }

    private Task<CreateUserResponse> RunAsync(CommandCall call) =>
        _host.Runner.RunAsync(call, ExecuteAsync, CancellationToken.None);

    private Task<CreateUserResponse> ExecuteAsync(CommandTransaction command, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _executions);
        return LogHost.CreateAsync(command, Topics.Users, _actor, cancellationToken);
    }
}
