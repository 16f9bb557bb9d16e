using DaprSocial.Consistency;
using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Events;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static DaprSocial.Consistency.V1.Freshness.Types;

namespace DaprSocial.Projections.Tests;

public sealed class FreshnessGateTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
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
    public async Task Wait_WithoutAToken_NeverAsksTheDatabase()
    {
        var statement = _host.Watch.NextAsync("");

        var waiting = _host.Gate.WaitAsync("", null, _ada, new TestCallContext());

        Assert.True(waiting.IsCompletedSuccessfully);
        AssertSatisfied(await waiting);
        Assert.False(statement.IsCompleted);
    }

    [Fact]
    public async Task Wait_ForATopicThatIsNotConsumed_IsSatisfiedWithoutTheDatabase()
    {
        var statement = _host.Watch.NextAsync("");
        var token = Token(_ada, 5, Topics.Graph);

        var waiting = _host.Gate.WaitAsync(token, null, null, new TestCallContext());

        Assert.True(waiting.IsCompletedSuccessfully);
        AssertSatisfied(await waiting);
        Assert.False(statement.IsCompleted);
        Assert.Equal(token, (await waiting).Token.ToString());
    }

    [Fact]
    public async Task Wait_ForWhatThisInstanceApplied_IsSatisfiedWithoutTheDatabase()
    {
        await _host.StartEngineAsync();
        await _host.DeliverAllAsync(_world.AppendMany(_ada, 3));
        var statement = _host.Watch.NextAsync("");

        var waiting = WaitAsync(Token(_ada, 3));

        Assert.True(waiting.IsCompletedSuccessfully);
        AssertSatisfied(await waiting);
        Assert.False(statement.IsCompleted);
    }

    [Fact]
    public async Task Wait_ForWhatAnotherInstanceApplied_IsSatisfiedAtOnce()
    {
        var other = await _world.StartHostAsync();
        await other.DeliverAllAsync(_world.AppendMany(_ada, 3));

        AssertSatisfied(await WaitAsync(Token(_ada, 2)));
    }

    [Fact]
    public async Task Wait_ForACommit_IsWokenByIt()
    {
        await _host.StartEngineAsync();
        var waiting = WaitAsync(Token(_ada, 2));
        await _world.Clock.WhenScheduledAsync(_recheck).InTimeAsync();

        foreach (var row in _world.AppendMany(_ada, 2))
            await _host.DeliverAsync(row);

        AssertSatisfied(await waiting);
    }

    [Fact]
    public async Task Wait_ForAnotherInstancesCommit_FindsItByReadingAgain()
    {
        var other = await _world.StartHostAsync();
        var waiting = WaitAsync(Token(_ada, 1));
        await _world.Clock.WhenScheduledAsync(_recheck).InTimeAsync();

        await other.DeliverAsync(_world.Append(_ada));
        Assert.False(waiting.IsCompleted);
        _world.Clock.Advance(_recheck);

        AssertSatisfied(await waiting);
    }

    [Fact]
    public async Task Wait_ForSeveralStreams_NeedsThemAll()
    {
        await _host.StartEngineAsync();
        var token = ConsistencyToken.Of(
            [Version(_ada, 1), Version(_bob, 1, Topics.Posts), Version(_bob, 9, Topics.Graph)]);
        var waiting = WaitAsync(token.ToString());
        await _world.Clock.WhenScheduledAsync(_recheck).InTimeAsync();

        await _host.DeliverAsync(_world.Append(_ada));
        Assert.False(waiting.IsCompleted);
        await _host.DeliverAsync(_world.Append(_bob, topic: Topics.Posts));

        AssertSatisfied(await waiting);
        Assert.Subset((await waiting).Token.Streams.ToHashSet(), token.Streams.ToHashSet());
    }

    [Theory]
    [InlineData(null, 1000)]
    [InlineData(0, 0)]
    [InlineData(120, 120)]
    [InlineData(10_000, 10_000)]
    [InlineData(60_000, 10_000)]
    public async Task Wait_TooLong_AnswersBehindWithTheLag(int? maxWaitMs, int expectedMs)
    {
        _world.Append(_ada);
        _world.Clock.Advance(TimeSpan.FromSeconds(2));
        _world.Append(_ada);
        var maxWait = maxWaitMs is { } ms ? Duration.FromTimeSpan(TimeSpan.FromMilliseconds(ms)) : null;
        var waiting = _host.Gate.WaitAsync(Token(_ada, 2), maxWait, null, new TestCallContext());

        await LetWaitAsync(expectedMs);

        AssertUnsatisfied(await waiting.InTimeAsync(), Reason.Behind, TimeSpan.FromMilliseconds(2000 + expectedMs));
    }

    [Fact]
    public async Task Wait_HalfApplied_TellsTheLagOfTheOldestThatLacks()
    {
        var other = await _world.StartHostAsync();
        await other.DeliverAsync(_world.Append(_ada));
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        _world.Append(_ada);
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        _world.Append(_ada);

        var answer = await WaitAsync(Token(_ada, 3), TimeSpan.Zero);

        AssertUnsatisfied(answer, Reason.Behind, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(900, 450)]
    [InlineData(1200, 700)]
    public async Task Wait_WithADeadline_LeavesTimeToAnswer(int deadlineMs, int waitMs)
    {
        _world.Append(_ada);
        var deadline = _world.Clock.GetUtcNow().UtcDateTime.AddMilliseconds(deadlineMs);
        var waiting = _host.Gate.WaitAsync(Token(_ada, 1), null, null, new TestCallContext(deadline: deadline));

        await LetWaitAsync(waitMs);

        Assert.Equal(Reason.Behind, (await waiting.InTimeAsync()).Freshness.Reason);
    }

    [Fact]
    public async Task Wait_DeadlineIsOver_AnswersWithoutWaiting()
    {
        _world.Append(_ada);
        var deadline = _world.Clock.GetUtcNow().UtcDateTime.AddSeconds(-1);

        var waiting = _host.Gate.WaitAsync(Token(_ada, 1), null, null, new TestCallContext(deadline: deadline));

        Assert.Equal(Reason.Behind, (await waiting.InTimeAsync()).Freshness.Reason);
    }

    [Fact]
    public async Task Wait_SourceAway_AnswersBehindWithoutLag()
    {
        _world.Log.OnCallAsync = _ => throw new RpcException(new Status(StatusCode.Unavailable, "away"));

        var answer = await WaitAsync(Token(_ada, 1), TimeSpan.Zero);

        AssertUnsatisfied(answer, Reason.Behind, null);
    }

    [Fact]
    public async Task Wait_ParkedStream_AnswersParkedWithoutWaiting()
    {
        _world.AppendMany(_ada, 2);
        await ParkAsync(_ada, 2);
        _world.Clock.Advance(TimeSpan.FromSeconds(4));

        var answer = await WaitAsync(Token(_ada, 2));

        AssertUnsatisfied(answer, Reason.Parked, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public async Task Wait_StreamParkedAtItsFirstEvent_AnswersParked()
    {
        _world.Append(_ada);
        await _world.ExecuteAsync(
            "insert into parked_stream values ('users', @stream, 1, @stream, 't', 'r', now())", new { stream = _ada });

        Assert.Equal(Reason.Parked, (await WaitAsync(Token(_ada, 1))).Freshness.Reason);
    }

    [Fact]
    public async Task Wait_ParkedStreamUpToWhatWasApplied_IsSatisfied()
    {
        _world.AppendMany(_ada, 2);
        await ParkAsync(_ada, 2);

        AssertSatisfied(await WaitAsync(Token(_ada, 1)));
    }

    [Fact]
    public async Task Wait_StreamIsParkedMeanwhile_AnswersParked()
    {
        _world.AppendMany(_ada, 2);
        var waiting = WaitAsync(Token(_ada, 2));
        await _world.Clock.WhenScheduledAsync(_recheck).InTimeAsync();

        await ParkAsync(_ada, 2);
        _world.Clock.Advance(_recheck);

        Assert.Equal(Reason.Parked, (await waiting).Freshness.Reason);
    }

    [Fact]
    public async Task Wait_TokenOfAReplacedLog_IsRefused()
    {
        await _host.StartEngineAsync();
        await _host.DeliverAsync(_world.Append(_ada));
        var newcomer = _world.CreateHost();
        var token = ConsistencyToken.Of(Version(_ada, 1) with { LogId = Guid.NewGuid() }).ToString();

        foreach (var host in new[] { _host, newcomer })
        {
            var refusal = await Assert.ThrowsAsync<ServiceException>(() =>
                host.Gate.WaitAsync(token, null, null, new TestCallContext()).InTimeAsync());
            Assert.Equal((ErrorReason.LogChanged, "consistency_token"), (refusal.Reason, refusal.Field));
        }
    }

    [Fact]
    public async Task Wait_TokenNamesWhatTheLogNeverHad_IsRefused()
    {
        _world.Append(_ada);

        var behind = await WaitAsync(Token(_ada, 1), TimeSpan.Zero);
        var refusal = await Assert.ThrowsAsync<ServiceException>(() => WaitAsync(Token(_ada, 2), TimeSpan.Zero));

        Assert.Equal(Reason.Behind, behind.Freshness.Reason);
        Assert.Equal(ErrorReason.LogChanged, refusal.Reason);
    }

    [Theory]
    [InlineData("!", null, ErrorReason.InvalidConsistencyToken)]
    [InlineData("", -1L, ErrorReason.InvalidField)]
    [InlineData("", long.MaxValue, ErrorReason.InvalidField)]
    public async Task Wait_ForWhatCannotBe_IsRefused(string token, long? maxWaitSeconds, ErrorReason reason)
    {
        var maxWait = maxWaitSeconds is { } seconds ? new Duration { Seconds = seconds } : null;

        var refusal = await Assert.ThrowsAsync<ServiceException>(() =>
            _host.Gate.WaitAsync(token, maxWait, null, new TestCallContext()));

        Assert.Equal(reason, refusal.Reason);
    }

    [Fact]
    public async Task Wait_CallerGoes_Ends()
    {
        using var cancellation = new CancellationTokenSource();
        var context = new TestCallContext(cancellationToken: cancellation.Token);
        var waiting = _host.Gate.WaitAsync(Token(_ada, 1), null, null, context);
        await _world.Clock.WhenScheduledAsync(_recheck).InTimeAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.InTimeAsync());
    }

    [Fact]
    public async Task Wait_WithADeadline_AsksForTheLagWithinIt()
    {
        var timeout = "";
        _world.Log.OnCallAsync = context =>
        {
            timeout = context.GetHttpContext().Request.Headers["grpc-timeout"].ToString();
            return Task.CompletedTask;
        };
        _world.Append(_ada);
        var started = TimeProvider.System.GetUtcNow();
        var deadline = _world.Clock.GetUtcNow().UtcDateTime.AddSeconds(8);
        var maxWait = Duration.FromTimeSpan(TimeSpan.FromSeconds(10));
        var waiting = _host.Gate.WaitAsync(Token(_ada, 1), maxWait, null, new TestCallContext(deadline: deadline));

        await LetWaitAsync(7500);
        await waiting.InTimeAsync();

        // Counted from before the call was made, so that a slow machine makes it shorter, never longer.
        var left = deadline - started.UtcDateTime;
        // The client writes whole seconds as such.
        var unitMs = timeout[^1] == 'S' ? 1000 : 1;
        Assert.Contains(timeout[^1], "mS");
        Assert.InRange(long.Parse(timeout.AsSpan()[..^1], null) * unitMs, 1, (long)left.TotalMilliseconds + 1);
    }

    [Fact]
    public async Task Answer_Always_NamesTheCallersOwnStreamsAsRead()
    {
        await _host.StartEngineAsync();
        await _host.DeliverAllAsync(_world.AppendMany(_ada, 2));
        await _host.DeliverAsync(_world.Append(_ada, topic: Topics.Posts));
        await _host.DeliverAsync(_world.Append(_bob));

        var answer = await _host.Gate.WaitAsync("", null, _ada, new TestCallContext());

        Assert.Equal(
            new HashSet<StreamVersion> { Version(_ada, 2), Version(_ada, 1, Topics.Posts) },
            answer.Token.Streams.ToHashSet());
        Assert.True((await _host.Gate.WaitAsync("", null, null, new TestCallContext())).Token.IsEmpty);
    }

    [Fact]
    public async Task Answer_Unsatisfied_NamesOnlyWhatWasRead()
    {
        await _host.StartEngineAsync();
        await _host.DeliverAsync(_world.Append(_ada));
        _world.Append(_ada);

        var answer = await _host.Gate.WaitAsync(Token(_ada, 2), new Duration(), _ada, new TestCallContext());

        Assert.Equal(Version(_ada, 1), Assert.Single(answer.Token.Streams));
    }

    private static void AssertSatisfied(ReadState answer)
    {
        Assert.True(answer.Freshness.Satisfied);
        Assert.Equal((Reason.Unspecified, Source.Store), (answer.Freshness.Reason, answer.Freshness.Source));
        Assert.Null(answer.Freshness.Lag);
    }

    private static void AssertUnsatisfied(ReadState answer, Reason reason, TimeSpan? lag)
    {
        Assert.False(answer.Freshness.Satisfied);
        Assert.Equal((reason, lag), (answer.Freshness.Reason, answer.Freshness.Lag?.ToTimeSpan()));
    }

    private StreamVersion Version(Guid stream, long version, string topic = Topics.Users) =>
        new(_world.Log.LogId, topic, stream, version);

    private string Token(Guid stream, long version, string topic = Topics.Users) =>
        ConsistencyToken.Of(Version(stream, version, topic)).ToString();

    private Task<ReadState> WaitAsync(string token, TimeSpan? maxWait = null) => _host.Gate
        .WaitAsync(token, maxWait is { } wait ? Duration.FromTimeSpan(wait) : null, null, new TestCallContext())
        .InTimeAsync();

    /// <summary>Moves the clock on from one reading of the checkpoints to the next.</summary>
    private async Task LetWaitAsync(int totalMs)
    {
        for (var leftMs = totalMs; leftMs > 0; leftMs -= 50)
        {
            var step = TimeSpan.FromMilliseconds(Math.Min(50, leftMs));
            await _world.Clock.WhenScheduledAsync(step).InTimeAsync();
            _world.Clock.Advance(step);
        }
    }

    private Task ParkAsync(Guid stream, long version) => _world.ExecuteAsync(
        """
        insert into checkpoint values ('users', @stream, @version - 1);
        insert into parked_stream values ('users', @stream, @version, @stream, 't', 'r', now());
        """,
        new { stream, version });
}
