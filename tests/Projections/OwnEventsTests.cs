using DaprSocial.Consistency;
using DaprSocial.Events;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static DaprSocial.Consistency.V1.Freshness.Types;

namespace DaprSocial.Projections.Tests;

/// <summary>What the gate reads of the caller's own stream when the projections have not come to it.</summary>
public sealed class OwnEventsTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly TimeSpan _recheck = TimeSpan.FromMilliseconds(50);
    private static readonly Guid _ada = Uuid.Create(1);
    private static readonly Guid _bob = Uuid.Create(2);

    private ProjectionWorld _world = null!;
    private ProjectionHost _host = null!;

    public async Task InitializeAsync()
    {
        _world = await ProjectionWorld.CreateAsync(fixture.Database);
        _host = _world.CreateHost();
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task Wait_OwnStreamBehind_IsSatisfiedByItsEventsAfterAShortDelay()
    {
        await _host.StartEngineAsync();
        var rows = _world.AppendMany(_ada, 3);
        await _host.DeliverAsync(rows[0]);
        var waiting = WaitAsync(Token(_ada, 3));

        await StepAsync();
        var answer = await waiting;

        Assert.Equal((true, Source.Merged), (answer.Freshness.Satisfied, answer.Freshness.Source));
        Assert.Equal([2, 3], answer.Own.Select(row => row.Version));
        Assert.Contains(Version(_ada, 3), answer.Token.Streams);
        Assert.Equal((1L, 2), (_world.Log.Replays.Single().AfterVersion, _world.Log.Replays.Single().Limit));
    }

    [Fact]
    public async Task Wait_ProjectionIsQuickEnough_SparesTheCallToTheOwner()
    {
        await _host.StartEngineAsync();
        var waiting = WaitAsync(Token(_ada, 1));
        await _world.Clock.WhenScheduledAsync(_recheck).InTimeAsync();

        await _host.DeliverAsync(_world.Append(_ada));

        Assert.Equal((Source.Store, 0), ((await waiting).Freshness.Source, (await waiting).Own.Count));
        Assert.Empty(_world.Log.Replays);
    }

    [Fact]
    public async Task Wait_EventHasNoPlaceInTheLogYet_ReadsAgain()
    {
        _world.Append(_ada);
        var waiting = WaitAsync(Token(_ada, 2));
        await StepAsync();
        await _world.Clock.WhenScheduledAsync(_recheck).InTimeAsync();
        Assert.False(waiting.IsCompleted);

        _world.Append(_ada);
        await StepAsync();

        Assert.True((await waiting).Freshness.Satisfied);
        Assert.Equal([1, 2], (await waiting).Own.Select(row => row.Version));
    }

    [Fact]
    public async Task Wait_NoTime_ReadsOnceBeforeItGivesUp()
    {
        _world.Append(_ada);

        var answer = await WaitAsync(Token(_ada, 1), TimeSpan.Zero);

        Assert.True(answer.Freshness.Satisfied);
        Assert.Single(answer.Own);
    }

    [Fact]
    public async Task Wait_AsManyEventsBehindAsAreRead_IsSatisfied()
    {
        _world.AppendMany(_ada, 1_000);
        var waiting = WaitAsync(Token(_ada, 1_000), TimeSpan.FromSeconds(10));

        await StepAsync();

        Assert.True((await waiting).Freshness.Satisfied);
        Assert.Equal(1_000, (await waiting).Own.Count);
    }

    [Fact]
    public async Task Wait_MoreEventsBehindThanAreRead_IsNotSatisfied()
    {
        _world.AppendMany(_ada, 1_001);

        var answer = await WaitAsync(Token(_ada, 1_001), TimeSpan.Zero);

        Assert.Equal((false, 0), (answer.Freshness.Satisfied, answer.Own.Count));
        Assert.DoesNotContain(_world.Log.Replays, replay => replay.Limit > 1);
    }

    [Fact]
    public async Task Wait_OwnStreamParked_IsSatisfiedAtOnce()
    {
        _world.AppendMany(_ada, 2);
        await ParkAsync(_ada);

        var answer = await WaitAsync(Token(_ada, 2));

        Assert.Equal((true, Source.Merged), (answer.Freshness.Satisfied, answer.Freshness.Source));
        Assert.Equal(2, answer.Own.Count);
    }

    [Fact]
    public async Task Wait_OwnEventCannotBeApplied_GivesTheOthersAndSaysParked()
    {
        _world.Append(_ada);
        _world.Append(_ada, handle: ProjectionWorld.Poison);
        _world.Append(_ada);
        await ParkAsync(_ada);

        var answer = await WaitAsync(Token(_ada, 3));

        Assert.Equal((false, Reason.Parked), (answer.Freshness.Satisfied, answer.Freshness.Reason));
        Assert.Equal([1, 3], answer.Own.Select(row => row.Version));
        Assert.DoesNotContain(Version(_ada, 3), answer.Token.Streams);
    }

    [Fact]
    public async Task Wait_AnothersStreamIsBehindToo_GivesOwnEventsUnsatisfied()
    {
        _world.Append(_ada);
        _world.Append(_bob);
        var token = ConsistencyToken.Of([Version(_ada, 1), Version(_bob, 1)]).ToString();

        var answer = await WaitAsync(token, TimeSpan.Zero);

        Assert.Equal(
            (false, Reason.Behind, Source.Merged),
            (answer.Freshness.Satisfied, answer.Freshness.Reason, answer.Freshness.Source));
        Assert.Equal(_ada, Assert.Single(answer.Own).Key.Stream);
    }

    [Fact]
    public async Task Wait_OwnStreamOfATopicThatTheQueryDoesNotMerge_Waits()
    {
        _world.Append(_ada, topic: Topics.Posts);

        var answer = await WaitAsync(Token(_ada, 1, Topics.Posts), TimeSpan.Zero);

        Assert.Equal((false, 0), (answer.Freshness.Satisfied, answer.Own.Count));
    }

    [Fact]
    public async Task Wait_OwnerIsAway_IsNotSatisfied()
    {
        _world.Append(_ada);
        _world.Log.OnCallAsync = _ => throw new RpcException(new Status(StatusCode.Unavailable, "away"));

        var answer = await WaitAsync(Token(_ada, 1), TimeSpan.Zero);

        Assert.Equal((false, 0), (answer.Freshness.Satisfied, answer.Own.Count));
    }

    private StreamVersion Version(Guid stream, long version, string topic = Topics.Users) =>
        new(_world.Log.LogId, topic, stream, version);

    private string Token(Guid stream, long version, string topic = Topics.Users) =>
        ConsistencyToken.Of(Version(stream, version, topic)).ToString();

    private Task<ReadState> WaitAsync(string token, TimeSpan? maxWait = null) => _host.Gate.WaitAsync(
        token, maxWait is { } wait ? Duration.FromTimeSpan(wait) : null, _ada, Topics.Users,
        new TestCallContext()).InTimeAsync();

    private async Task StepAsync()
    {
        await _world.Clock.WhenScheduledAsync(_recheck).InTimeAsync();
        _world.Clock.Advance(_recheck);
    }

    private Task ParkAsync(Guid stream) => _world.ExecuteAsync(
        """
        insert into checkpoint values ('users', @stream, 0);
        insert into parked_stream values ('users', @stream, 1, @stream, 't', 'r', now());
        """,
        new { stream });
}
