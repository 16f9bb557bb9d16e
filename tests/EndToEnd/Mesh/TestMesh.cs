using System.Globalization;
using DaprSocial.Caching;
using DaprSocial.Ctl;
using DaprSocial.Ctl.Mesh;
using DaprSocial.EventLog;
using DaprSocial.Events.V1;
using DaprSocial.Graph.V1;
using DaprSocial.Media.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Projections;
using DaprSocial.Projections.V1;
using DaprSocial.Search.V1;
using DaprSocial.Sidecar.PubSub;
using DaprSocial.Testing;
using DaprSocial.Timelines.V1;
using DaprSocial.Users.V1;
using Microsoft.Extensions.DependencyInjection;

namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>The whole mesh in this process: services, sidecars and broker over real sockets, on a real database.</summary>
internal sealed class TestMesh : IAsyncDisposable
{
    private const int StartAttemptsMax = 3;
    private const string NoRedis = "127.0.0.1:1";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static int _personCount;

    private readonly MeshHost _host;
    private readonly PortLease _lease;
    private readonly DirectoryInfo _mediaFolder;

    private TestMesh(
        MeshHost host, PortLease lease, DeliveryFaults faults, TestStore store, DirectoryInfo mediaFolder)
    {
        (_host, _lease, _mediaFolder) = (host, lease, mediaFolder);
        Faults = faults;
        Store = store;
        Clients = new MeshClients(Ports.SidecarGrpc(MeshApps.Edge));
    }

    public MeshPorts Ports => _lease.Ports;

    public DeliveryFaults Faults { get; }

    public TestStore Store { get; }

    public MeshClients Clients { get; }

    public MeshHost Host => _host;

    public InMemoryBroker Broker => _host.Sidecars.Broker;

    public UserService.UserServiceClient Users => Clients.Users;

    public PostService.PostServiceClient Posts => Clients.Posts;

    public GraphService.GraphServiceClient Graph => Clients.Graph;

    public TimelineService.TimelineServiceClient Timelines => Clients.Timelines;

    public MediaService.MediaServiceClient Media => Clients.Media;

    public SearchService.SearchServiceClient Search => Clients.Search;

    public EventLogService.EventLogServiceClient EventLogOf(string appId) => Clients.EventLogOf(appId);

    public ProjectionService.ProjectionServiceClient ProjectionOf(string appId) => Clients.ProjectionOf(appId);

    /// <summary>Starts a mesh on free ports.</summary>
    /// <param name="database">Its schemas are the services'.</param>
    /// <param name="roles">Comma-separated; the same for every service.</param>
    /// <param name="cache">Whether the services use their cache, in the tests' Redis.</param>
    /// <param name="webOrigins">Of pages that may call; comma-separated.</param>
    public static async Task<TestMesh> StartAsync(
        TestDatabase database, string roles = MeshRoles.All, CacheMode cache = CacheMode.Off, string webOrigins = "")
    {
        for (var attempt = 1; ; attempt++)
        {
            var lease = PortLease.Take();
            try
            {
                return await StartAsync(database, lease, roles, cache, webOrigins);
            }
            catch (Exception exception)
            {
                lease.Dispose();
                // A process that knows no leases took one of the ports between the look and the start.
                if (exception is not IOException || attempt >= StartAttemptsMax)
                    throw;
            }
        }
    }

    /// <summary>
    /// Completes when every event of every command that has answered is in its log, published, and applied by every
    /// consumer. Pumps instead of waiting: pending → log → broker → projections → repair from the logs.
    /// </summary>
    public async Task DrainAsync()
    {
        using var patience = new CancellationTokenSource(_patience);
        while (await PumpAsync(patience.Token) > 0)
        {
        }
    }

    /// <summary>Gives every pending event its place in the log, where a repair finds it.</summary>
    public async Task SequenceAsync()
    {
        using var patience = new CancellationTokenSource(_patience);
        await SequenceAsync(patience.Token);
    }

    /// <summary>Lets every service measure how far it is behind.</summary>
    public async Task MeasureLagAsync()
    {
        using var patience = new CancellationTokenSource(_patience);
        await SequenceAsync(patience.Token);
        foreach (var service in _host.Services)
        {
            await using var scope = service.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IProjectionVersion>().Lag.MeasureAsync(patience.Token);
        }
    }

    /// <summary>Hands every event to the broker.</summary>
    public async Task PublishAsync()
    {
        using var patience = new CancellationTokenSource(_patience);
        await SequenceAsync(patience.Token);
        await RelayAsync(patience.Token);
    }

    /// <summary>Creates a user whose handle begins with a name.</summary>
    public async Task<Person> CreatePersonAsync(string name)
    {
        var number = Interlocked.Increment(ref _personCount);
        var handle = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
        var answer = await Users.CreateUserAsync(new CreateUserRequest { Handle = handle, DisplayName = name });
        return new Person(answer.User.Id, handle, answer.ConsistencyToken);
    }

    /// <summary>Creates users and waits until every service knows them.</summary>
    public async Task<IReadOnlyList<Person>> CreatePeopleAsync(params IReadOnlyList<string> names)
    {
        var people = new List<Person>();
        foreach (var name in names)
            people.Add(await CreatePersonAsync(name));
        await DrainAsync();
        return people;
    }

    public async ValueTask DisposeAsync()
    {
        Clients.Dispose();
        await _host.DisposeAsync();
        _lease.Dispose();
        _mediaFolder.Delete(recursive: true);
    }

    private static async Task<TestMesh> StartAsync(
        TestDatabase database, PortLease lease, string roles, CacheMode cache, string webOrigins)
    {
        using var patience = new CancellationTokenSource(_patience);
        var faults = new DeliveryFaults();
        var media = Directory.CreateTempSubdirectory("daprsocial-media-");
        var options = new MeshOptions(
            lease.Ports, database.ConnectionString, TestRedis.Find() ?? NoRedis,
            Checkout.Locate(Path.GetTempPath()).ComponentsDirectory, media.FullName, roles, faults, cache, webOrigins);
        var host = await MeshHost.StartAsync(options, new SilentProgress(), patience.Token);
        return new TestMesh(host, lease, faults, new TestStore(database.ConnectionString), media);
    }

    /// <returns>How much there was to do; 0 means that all is quiet.</returns>
    private async Task<int> PumpAsync(CancellationToken cancellationToken)
    {
        var moved = await SequenceAsync(cancellationToken);
        moved += await RelayAsync(cancellationToken);
        await Broker.DrainAsync(cancellationToken);
        moved += await SumAsync<IProjectionEngine>(engine => engine.CatchUpAsync(cancellationToken));
        return moved;
    }

    private Task<int> SequenceAsync(CancellationToken cancellationToken) =>
        SumAsync<EventSequencer>(sequencer => sequencer.SequenceAsync(cancellationToken));

    private Task<int> RelayAsync(CancellationToken cancellationToken) =>
        SumAsync<EventRelay>(relay => relay.RelayAsync(cancellationToken));

    private async Task<int> SumAsync<TPart>(Func<TPart, Task<int>> workAsync)
        where TPart : class
    {
        var parts = _host.Services.Select(service => service.Services.GetService<TPart>()).OfType<TPart>();
        return (await Task.WhenAll(parts.Select(workAsync))).Sum();
    }
}
