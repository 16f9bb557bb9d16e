using DaprSocial.Dapr;
using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Hosting;
using DaprSocial.Testing;
using DaprSocial.Users.V1;
using global::Dapr.AppCallback.Autogen.Grpc.v1;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using static global::Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types;

namespace DaprSocial.Projections.Tests;

/// <summary>One instance of a service that projects the topics users and posts.</summary>
internal sealed class ProjectionHost : IAsyncDisposable
{
    private static readonly TimeSpan _repairTick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _sweepPeriod = TimeSpan.FromSeconds(2);

    private readonly ServiceProvider _provider;
    private readonly FakeTimeProvider _clock;
    private bool _isCrashed;
    private bool _areVersionsStarted;

    public ProjectionHost(ProjectionWorld world, TestSchema readSchema)
    {
        _clock = world.Clock;
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(world.Clock);
        services.AddSingleton(new ServiceIdentity(world.Schema.Name, ServiceRoles.All));
        services.AddSingleton<IDatabase>(new TestPools(world.Schema, readSchema, Watch));
        services.AddSingleton(_ => new WriteSource(world.Schema.Connect(Watch)));
        services.AddSingleton(_ => world.CreateDaprClient());
        services.AddProjections<TestBatch, TestStore>(ServiceRoles.All, new ProjectionDefinition<TestBatch>()
            .From(Topics.Users)
            .From(Topics.Posts)
            .On<ProfileUpdated>(Apply));
        _provider = services.BuildServiceProvider();
        Version = new ProjectionVersion<TestBatch>(1, Get<ProjectionParts<TestBatch>>());
    }

    public StatementWatch Watch { get; } = new();

    /// <summary>Runs for every event that the projection is given.</summary>
    public Action<EventEnvelope> OnApply { get; set; } = _ => { };

    public ProjectionVersion<TestBatch> Version { get; }

    /// <summary>All versions, fed as in a service once they are started.</summary>
    public ProjectionVersions<TestBatch> Versions => Get<ProjectionVersions<TestBatch>>();

    public IProjectionAdmin Admin => Get<IProjectionAdmin>();

    public ProjectionEngine<TestBatch> Engine => Version.Engine;

    public TailSweep<TestBatch> Sweep => Version.Sweep;

    public FreshnessGate Gate => Version.Gate;

    public LagWatch Lag => Version.Lag;

    public AppliedVersions Applied => Version.Applied;

    public TestStore Store => (TestStore)Get<IProjectionStore<TestBatch>>();

    public IReadOnlyList<TopicHandler> Handlers => [.. _provider.GetServices<TopicHandler>()];

    public async Task StartEngineAsync()
    {
        await Engine.StartAsync(CancellationToken.None);
        await _clock.WhenScheduledAsync(_repairTick).InTimeAsync();
    }

    public async Task StartSweepAsync()
    {
        await Sweep.StartAsync(CancellationToken.None);
        await _clock.WhenScheduledAsync(_sweepPeriod).InTimeAsync();
    }

    public async Task StartVersionsAsync()
    {
        _areVersionsStarted = true;
        await Versions.StartAsync(CancellationToken.None).InTimeAsync();
    }

    public Task<IReadOnlyList<DeadLetterRow>> ReadDeadLettersAsync(int limit) =>
        Get<DeadLetterStore>().ReadAsync(long.MaxValue, limit, CancellationToken.None);

    /// <summary>A delivery by the broker to all versions.</summary>
    public async Task DeliverToVersionsAsync(Event row) => Assert.Equal(
        TopicEventResponseStatus.Success,
        await Versions.HandleAsync(
            new TopicEventRequest { Topic = row.Topic, Data = EventJson.EncodeUtf8(row) }, CancellationToken.None)
            .InTimeAsync());

    /// <summary>A delivery by the broker.</summary>
    public Task<TopicEventResponseStatus> DeliverAsync(Event row) =>
        DeliverAsync(row.Topic, EventJson.EncodeUtf8(row)).InTimeAsync();

    public async Task<TopicEventResponseStatus> DeliverAsync(string topic, ByteString data)
    {
        if (EventEnvelope.Decode(data).Event is not { } envelope)
        {
            return await Get<ProjectionVersions<TestBatch>>().HandleAsync(
                new TopicEventRequest { Topic = topic, Data = data }, CancellationToken.None);
        }

        await Engine.ApplyAsync(envelope, CancellationToken.None);
        return TopicEventResponseStatus.Success;
    }

    /// <summary>Deliveries by the broker, all under way at once.</summary>
    public async Task DeliverAllAsync(IEnumerable<Event> rows) => Assert.All(
        await Task.WhenAll(rows.Select(DeliverAsync)), status => Assert.Equal(TopicEventResponseStatus.Success, status));

    /// <summary>Deliveries that the applier finds in its queue together, as one batch.</summary>
    /// <param name="first">An event of another stream, which the applier is busy with meanwhile.</param>
    /// <param name="rows">The batch.</param>
    public async Task DeliverAsOneBatchAsync(Event first, IEnumerable<Event> rows)
    {
        var isBusy = new TaskCompletionSource();
        var mayGoOn = new TaskCompletionSource();
        Store.OnFlushAsync = _ => isBusy.TrySetResult() ? mayGoOn.Task : Task.CompletedTask;
        var delivering = DeliverAsync(first);
        await isBusy.Task.InTimeAsync();
        var batch = DeliverAllAsync(rows);
        mayGoOn.SetResult();
        await delivering;
        await batch;
    }

    /// <summary>Completes when a version of a stream is applied by this instance.</summary>
    public async Task WhenAppliedAsync(Guid stream, long version, string topic = Topics.Users)
    {
        var key = new StreamKey(topic, stream);
        while (true)
        {
            var next = Applied.NextAdvance;
            if (Applied.Get(key) >= version)
                return;
            await next.InTimeAsync();
        }
    }

    /// <summary>Ends the loops as a crash does: what is not committed is not.</summary>
    public async Task CrashAsync()
    {
        _isCrashed = true;
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await Engine.StopAsync(now.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isCrashed)
        {
            await Sweep.StopAsync(CancellationToken.None).InTimeAsync();
            await Engine.StopAsync(CancellationToken.None).InTimeAsync();
            Assert.False(Engine.ExecuteTask is { IsFaulted: true }, $"{Engine.ExecuteTask?.Exception}");
            Assert.False(Sweep.ExecuteTask is { IsFaulted: true }, $"{Sweep.ExecuteTask?.Exception}");
        }

        if (_areVersionsStarted)
            await Versions.StopAsync(CancellationToken.None).InTimeAsync();
        await Version.CloseAsync();
        await Get<WriteSource>().DataSource.DisposeAsync();
        await _provider.DisposeAsync();
    }

    private void Apply(ProfileUpdated updated, EventEnvelope row, TestBatch batch)
    {
        OnApply(row);
        if (updated.User.Handle == ProjectionWorld.Poison)
            throw new InvalidOperationException("The event is poison.");
        batch.Count(row);
        batch.Set(row, updated.User.Bio);
    }

    private T Get<T>()
        where T : notnull => _provider.GetRequiredService<T>();

    private sealed class TestPools(TestSchema schema, TestSchema readSchema, StatementWatch watch) : IDatabase
    {
        public NpgsqlDataSource Connect(string searchPath, bool isReadOnly) => schema.Connect(
            watch, isReadOnly,
            isReadOnly ? searchPath.Replace(schema.Name, readSchema.Name, StringComparison.Ordinal) : searchPath);
    }
}
