using Dapper;
using DaprSocial.Dapr;
using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Hosting;
using DaprSocial.Testing;
using DaprSocial.Users.V1;

namespace DaprSocial.Projections.Tests;

/// <summary>What instances of one consuming service share: the clock, the source log, the sidecar and the database.</summary>
internal sealed class ProjectionWorld : IAsyncDisposable
{
    /// <summary>A handle whose event cannot be applied.</summary>
    public const string Poison = "poison";

    private static readonly TimeSpan _lead = TimeSpan.FromSeconds(20);

    private static readonly int[] _delaysMs = [40, 80, 160, 320];

    private readonly LoopbackServer _server;
    private readonly List<ProjectionHost> _hosts = [];

    private ProjectionWorld(TestSchema schema, FakeTimeProvider clock, SourceLog log, LoopbackServer server)
    {
        Schema = schema;
        Clock = clock;
        Log = log;
        _server = server;
        Source = new WriteSource(schema.Connect(new StatementWatch(), searchPath: $"{schema.Name}_v1,{schema.Name}"));
    }

    public TestSchema Schema { get; }

    public FakeTimeProvider Clock { get; }

    public SourceLog Log { get; }

    /// <summary>For the test's own statements.</summary>
    public WriteSource Source { get; }

    public static async Task<ProjectionWorld> CreateAsync(TestDatabase database)
    {
        var clock = FakeTimeProvider.AtRealTime();
        // Calls over sockets end at deadlines by this clock: on a slow machine a standing one would let them pass.
        clock.Advance(_lead);
        var log = new SourceLog(clock);
        var schema = TestSchema.In(database);
        var world = new ProjectionWorld(schema, clock, log, await LoopbackServer.StartAsync(log));
        await using var source = schema.Connect(new StatementWatch());
        await SchemaMigrator.MigrateAsync(
            source, schema.Name, Migration.In(typeof(ProjectionsModule).Assembly), TimeProvider.System,
            CancellationToken.None);
        await MigrateAsync(schema);
        return world;
    }

    /// <summary>Creates the projected tables of version 1.</summary>
    public static async Task MigrateAsync(TestSchema schema)
    {
        var name = $"{schema.Name}_v1";
        await using var source = schema.Connect(new StatementWatch(), searchPath: name);
        await SchemaMigrator.MigrateAsync(
            source, name, ProjectionsModule.TablesOf(typeof(TestStore)), TimeProvider.System, CancellationToken.None);
    }

    public string SchemaOf(int version) => $"{Schema.Name}_v{version}";

    public DaprClient CreateDaprClient() => _server.CreateDaprClient();

    /// <summary>An instance of the service; its loops are not started.</summary>
    public ProjectionHost CreateHost()
    {
        var host = new ProjectionHost(this, Schema);
        _hosts.Add(host);
        return host;
    }

    /// <summary>An instance whose queries read another database than its consumers write, as a replica that lags.</summary>
    public ProjectionHost CreateHost(TestSchema readSchema)
    {
        var host = new ProjectionHost(this, readSchema);
        _hosts.Add(host);
        return host;
    }

    /// <summary>An instance that applies events and repairs holes; its sweep is not started.</summary>
    public async Task<ProjectionHost> StartHostAsync()
    {
        var host = CreateHost();
        await host.StartEngineAsync();
        return host;
    }

    /// <summary>Adds an event to the source log, which nobody delivers yet.</summary>
    public Event Append(Guid stream, string value = "v", string handle = "", string topic = Topics.Users) =>
        Log.Append(topic, stream, new ProfileUpdated { User = new User { Bio = value, Handle = handle } });

    public List<Event> AppendMany(Guid stream, int count) =>
        [.. Enumerable.Range(1, count).Select(index => Append(stream, $"v{index}"))];

    /// <summary>Ends the pauses between the five tries of an event that fails.</summary>
    public async Task AdvanceThroughDelaysAsync()
    {
        foreach (var delayMs in _delaysMs)
        {
            var delay = TimeSpan.FromMilliseconds(delayMs);
            await Clock.WhenScheduledAsync(delay).InTimeAsync();
            Clock.Advance(delay);
        }
    }

    /// <summary>The checkpoint of a stream; 0 when there is none.</summary>
    public Task<long> CheckpointAsync(Guid stream, string topic = Topics.Users) => ReadAsync<long>(
        "select coalesce((select version from checkpoint where topic = @topic and stream = @stream), 0)",
        new { topic, stream });

    /// <summary>Holds when exactly the events 1 to <paramref name="version"/> of a stream were applied, each once.</summary>
    public async Task AssertAppliedOnceAsync(Guid stream, long version, string topic = Topics.Users)
    {
        var (count, sum) = await ReadAsync<(long, long)>(
            """
            select coalesce(max(count), 0), coalesce(max(version_sum), 0) from counter
            where topic = @topic and stream = @stream
            """,
            new { topic, stream });
        Assert.Equal(
            (version, version, version * (version + 1) / 2), (await CheckpointAsync(stream, topic), count, sum));
    }

    public async Task<T> ReadAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Source.DataSource.OpenConnectionAsync();
        return (await connection.QuerySingleOrDefaultAsync<T>(sql, parameters))!;
    }

    /// <summary>Reads in the tables of a version.</summary>
    public async Task<T> ReadInAsync<T>(int version, string sql, object? parameters = null)
    {
        await using var source = Schema.Connect(new StatementWatch(), searchPath: SchemaOf(version));
        await using var connection = await source.OpenConnectionAsync();
        return (await connection.QuerySingleOrDefaultAsync<T>(sql, parameters))!;
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await Source.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        await _server.DisposeAsync();
        await Source.DataSource.DisposeAsync();
    }
}
