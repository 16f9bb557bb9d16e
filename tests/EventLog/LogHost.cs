using Dapper;
using DaprSocial.Consistency;
using DaprSocial.Dapr;
using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Hosting;
using DaprSocial.Testing;
using DaprSocial.Users.V1;
using Microsoft.Extensions.Logging.Abstractions;

namespace DaprSocial.EventLog.Tests;

/// <summary>One process of a command service: its log on a schema of its own, its loops started only by the test.</summary>
internal sealed class LogHost : IAsyncDisposable
{
    private readonly TestSchema _schema;

    private LogHost(TestSchema schema, FakeTimeProvider clock)
    {
        _schema = schema;
        Clock = clock;
        Source = new WriteSource(schema.Connect(Watch));
        Identity = new ServiceIdentity(schema.Name, ServiceRoles.All);
        ClockGuard = new ClockGuard(Source, clock, NullLogger<ClockGuard>.Instance);
        Store = new EventLogStore(Source);
        Runner = new CommandRunner(Source, ClockGuard, Signals, clock);
        Sequencer = new EventSequencer(Store, Identity, Signals, clock, NullLogger<EventSequencer>.Instance);
    }

    public FakeTimeProvider Clock { get; }

    public StatementWatch Watch { get; } = new();

    public WriteSource Source { get; }

    public ServiceIdentity Identity { get; }

    public ClockGuard ClockGuard { get; }

    public LogSignals Signals { get; } = new();

    public EventLogStore Store { get; }

    public CommandRunner Runner { get; }

    public EventSequencer Sequencer { get; }

    /// <summary>A new service with an empty log.</summary>
    public static async Task<LogHost> StartAsync(TestDatabase database)
    {
        var host = new LogHost(TestSchema.In(database), FakeTimeProvider.AtRealTime());
        await SchemaMigrator.MigrateAsync(
            host.Source.DataSource, host.Identity.AppId, Migration.In(typeof(EventLogModule).Assembly), host.Clock,
            CancellationToken.None);
        return host;
    }

    /// <summary>Another process of the same service, with a clock of its own.</summary>
    public LogHost StartAnother(TimeSpan clockAhead) => new(_schema, new FakeTimeProvider(Clock.GetUtcNow() + clockAhead));

    public EventRelay CreateRelay(DaprClient dapr) => new(Store, dapr, Signals, Clock, NullLogger<EventRelay>.Instance);

    /// <summary>A command of one event: creates a user, under an id that the actor's stream gives.</summary>
    public Task<CreateUserResponse> CreateAsync(Guid actor, string topic = Topics.Users, string requestId = "") =>
        Runner.RunAsync(Call(actor, requestId), (command, cancellationToken) =>
            CreateAsync(command, topic, actor, cancellationToken), CancellationToken.None);

    public static CommandCall Call(Guid actor, string requestId = "", byte body = 0, ConsistencyToken? after = null) =>
        new(actor.ToString("D"), "/test/Create", requestId, [body], after ?? ConsistencyToken.Empty, "");

    public static async Task<CreateUserResponse> CreateAsync(
        CommandTransaction command, string topic, Guid actor, CancellationToken cancellationToken)
    {
        var stream = await command.LockStreamAsync(topic, actor, cancellationToken);
        return Append(stream);
    }

    /// <summary>Appends the event that a user was created.</summary>
    public static CreateUserResponse Append(CommandStream stream, Guid? parent = null)
    {
        var user = new User { Id = stream.NewId(parent).ToString("D") };
        stream.Append(new UserCreated { User = user }, user.Id, 1);
        return new CreateUserResponse { User = user, ConsistencyToken = stream.Token.ToString() };
    }

    public Task<int> SequenceAsync() => Sequencer.SequenceAsync(CancellationToken.None);

    public Task<List<Event>> ReadLogAsync() => Store.ReadAllAsync(0, int.MaxValue, CancellationToken.None);

    /// <summary>Appends events of one stream without commands, for tests of many events.</summary>
    public Task FillAsync(Guid stream, int count) => ExecuteAsync(
        """
        insert into event_pending (event_id, topic, stream, version, entity_id, entity_version, type, schema_version,
            occur_time, actor, request_id, traceparent, after, payload)
        select gen_random_uuid(), 'users', @stream, version, 'e', version, 't', 1, now(), @stream, '', '', '', '{}'
        from generate_series(1, @count) as version
        """,
        new { stream, count });

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await Source.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }

    public async Task<T> ReadAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Source.DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<T>(sql, parameters);
    }

    public async ValueTask DisposeAsync()
    {
        Sequencer.Dispose();
        ClockGuard.Dispose();
        await Source.DataSource.DisposeAsync();
    }
}
