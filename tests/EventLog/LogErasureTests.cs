using Dapper;
using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Users.V1;

namespace DaprSocial.EventLog.Tests;

public sealed class LogErasureTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>
{
    private static readonly Guid _actor = Guid.Parse("018f6b1e-0000-7000-8000-00000000000a");
    private static readonly Guid _other = Guid.Parse("018f6b1e-0000-7000-8000-00000000000b");
    private static readonly Guid _by = Guid.Parse("018f6b1e-0000-7000-8000-00000000000c");

    [Fact]
    public async Task Run_SequencedEvents_KeepPlacesAndLosePayloads()
    {
        await using var host = await StartAsync();
        await host.CreateAsync(_actor, requestId: "mine");
        await host.CreateAsync(_other, requestId: "theirs");
        await host.CreateAsync(_actor);
        await host.SequenceAsync();

        var (erased, isComplete) = await EraseAsync(host);

        Assert.True(isComplete);
        Assert.Equal([("test.event_log", 2L), ("test.request", 1L)], Counts(erased));
        var rows = await host.ReadLogAsync();
        Assert.Equal([1L, 2, 3], rows.Select(row => row.Position));
        Assert.Equal([1L, 1, 2], rows.Select(row => row.Version));
        Assert.Equal([EventJson.Erased, EventJson.Erased], rows.Where(IsMine).Select(row => row.Payload));
        Assert.All(rows.Where(IsMine), row => Assert.Equal(("", ""), (row.RequestId, row.After)));
        Assert.NotEqual(EventJson.Erased, rows.Single(row => !IsMine(row)).Payload);
        Assert.Equal([_by, _by], await QueryAsync<Guid>(
            host, "select erase_actor from event_log where erase_time is not null"));
    }

    [Fact]
    public async Task Run_Again_ErasesNothing()
    {
        await using var host = await StartAsync();
        await host.CreateAsync(_actor);
        await host.SequenceAsync();
        await EraseAsync(host);

        var (erased, isComplete) = await EraseAsync(host);

        Assert.True(isComplete);
        Assert.Empty(erased);
    }

    [Fact]
    public async Task Run_EventsWithoutAPlace_AreErasedAndWaitedFor()
    {
        await using var host = await StartAsync();
        await host.CreateAsync(_actor);

        var first = await EraseAsync(host);
        await host.SequenceAsync();
        var second = await EraseAsync(host);
        var third = await EraseAsync(host);

        Assert.Equal([("test.event_pending", 1L)], Counts(first.Erased));
        Assert.Equal([("test.event_log", 1L)], Counts(second.Erased));
        Assert.Equal((false, true), (first.IsComplete, second.IsComplete));
        Assert.Empty(third.Erased);
        Assert.Equal(EventJson.Erased, Assert.Single(await host.ReadLogAsync()).Payload);
    }

    [Fact]
    public async Task Run_EventsThatOnlyEndSomething_Stay()
    {
        await using var host = await StartAsync();
        await host.CreateAsync(_actor);
        await host.SequenceAsync();

        var (erased, isComplete) = await EraseAsync(host, "daprsocial.test.V1.Other");

        Assert.True(isComplete);
        Assert.Empty(erased);
    }

    [Fact]
    public async Task Run_MoreThanOneCallErases_SaysSo()
    {
        await using var host = await StartAsync();
        await host.FillAsync(_actor, LogErasure.RowCountMax + 1);
        await host.SequenceAsync();

        var first = await EraseAsync(host, "t");
        var second = await EraseAsync(host, "t");

        Assert.Equal([("test.event_log", 1000L)], Counts(first.Erased));
        Assert.Equal([("test.event_log", 1L)], Counts(second.Erased));
        Assert.Equal((false, true), (first.IsComplete, second.IsComplete));
    }

    [Fact]
    public async Task Run_StoredAnswer_IsGoneAndItsKeyIsRefused()
    {
        await using var host = await StartAsync();
        var first = await host.CreateAsync(_actor, requestId: "key");
        await host.SequenceAsync();
        await EraseAsync(host);

        var refusal = await Assert.ThrowsAsync<ServiceException>(() => host.CreateAsync(_actor, requestId: "key"));

        Assert.NotEqual("", first.User.Id);
        Assert.Equal(ErrorReason.RequestIdReused, refusal.Reason);
    }

    [Fact]
    public async Task Run_AnswerOfACallWithoutActor_IsGoneWhenItNamesTheUser()
    {
        await using var host = await StartAsync();
        foreach (var user in (Guid[])[_actor, _other])
        {
            await host.Runner.RunAsync(
                LogHost.Call(_other, $"create {user}") with { Scope = "app:edge" },
                (_, _) => Task.FromResult(new CreateUserResponse { User = new User { Id = user.ToString("D") } }),
                CancellationToken.None);
        }

        var (erased, _) = await EraseAsync(host);

        Assert.Equal([("test.request", 1L)], Counts(erased));
        Assert.Equal([$"create {_other}"], await QueryAsync<string>(
            host, "select request_id from request where length(response) > 0"));
    }

    [Fact]
    public async Task LockStream_ErasedActor_IsRefusedAndOthersAreNot()
    {
        await using var host = await StartAsync();
        await host.CreateAsync(_actor);
        await EraseAsync(host);

        var refusal = await Assert.ThrowsAsync<ServiceException>(() => host.CreateAsync(_actor));
        await host.CreateAsync(_other);

        Assert.Equal(ErrorReason.UserNotFound, refusal.Reason);
        Assert.Equal([1L], await QueryAsync<long>(
            host, "select version from stream_head where erase_time is not null"));
    }

    private static bool IsMine(Event row) => row.Stream == _actor.ToString("D");

    private static IEnumerable<(string, long)> Counts(IEnumerable<ErasedRows> erased) =>
        erased.Select(rows => (rows.Table, rows.RowCount));

    private static async Task<(IReadOnlyList<ErasedRows> Erased, bool IsComplete)> EraseAsync(
        LogHost host, string? type = null)
    {
        (IReadOnlyList<ErasedRows>, bool) result = ([], false);
        await host.Runner.RunAsync(
            LogHost.Call(_by),
            async (transaction, token) =>
            {
                await transaction.LockErasedStreamAsync(Topics.Users, _actor, token);
                var erasure = new LogErasure(
                    _actor, _by, [Topics.Users], [type ?? UserCreated.Descriptor.FullName]);
                result = await erasure.RunAsync("test", transaction, token);
                return new EraseUserResponse();
            },
            CancellationToken.None);
        return result;
    }

    private static async Task<IReadOnlyList<T>> QueryAsync<T>(LogHost host, string sql)
    {
        await using var connection = await host.Source.DataSource.OpenConnectionAsync();
        return [.. await connection.QueryAsync<T>(sql)];
    }

    private Task<LogHost> StartAsync() => LogHost.StartAsync(fixture.Database);
}
