using System.Globalization;
using DaprSocial.Caching;
using DaprSocial.Ctl.Output;
using DaprSocial.Dapr;
using DaprSocial.Graph;
using DaprSocial.Hosting;
using DaprSocial.Media;
using DaprSocial.Posts;
using DaprSocial.Search;
using DaprSocial.Sidecar;
using DaprSocial.Timelines;
using DaprSocial.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Ctl.Mesh;

/// <summary>
/// Hosts the sidecars and the services of the mesh in this process. They talk over sockets all the same.
/// </summary>
internal sealed class MeshHost : IAsyncDisposable
{
    private static readonly ServiceDefinition[] _definitions =
    [
        UsersModule.Service, PostsModule.Service, GraphModule.Service, TimelinesModule.Service, MediaModule.Service,
        SearchModule.Service,
    ];

    private readonly ILoggerFactory _loggers;
    private readonly List<WebApplication> _services = [];
    private SidecarHost? _sidecars;

    private MeshHost(ILoggerFactory loggers) => _loggers = loggers;

    /// <summary>The sidecars, whose broker tests disturb and drain.</summary>
    public SidecarHost Sidecars => _sidecars ?? throw new InvalidOperationException("The mesh is not started.");

    /// <summary>The services, each with its own registrations.</summary>
    public IReadOnlyList<WebApplication> Services => _services;

    public static async Task<MeshHost> StartAsync(
        MeshOptions options, IProgressReport progress, CancellationToken cancellationToken)
    {
        var host = new MeshHost(LoggerFactory.Create(ConfigureLogging));
        try
        {
            await progress.StepAsync("start sidecars", _ => host.StartSidecarsAsync(options, cancellationToken));
            await progress.StepAsync("start services", _ => host.StartServicesAsync(options, cancellationToken));
            await progress.StepAsync(
                "subscribe to events", _ => host.Sidecars.WaitUntilReadyAsync(cancellationToken));
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the services, then the sidecars that they talk through.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_services.Select(service => service.StopAsync(CancellationToken.None)));
        foreach (var service in _services)
            await service.DisposeAsync();
        if (_sidecars is not null)
            await _sidecars.DisposeAsync();
        _loggers.Dispose();
    }

    private async Task StartSidecarsAsync(MeshOptions options, CancellationToken cancellationToken) =>
        _sidecars = await SidecarHost.StartAsync(
            new SidecarHostOptions
            {
                ComponentsDirectory = options.ComponentsDirectory,
                DeliveryFault = options.DeliveryFault,
                MetadataOverrides = new Dictionary<string, IReadOnlyDictionary<string, string>>
                {
                    [StateStoreNames.Cache] = new Dictionary<string, string> { ["redisHost"] = options.RedisEndpoint },
                },
                LoggerFactory = _loggers,
                Sidecars = [.. MeshApps.Sidecars.Select(app => new SidecarOptions
                {
                    AppId = app,
                    AppPort = app == MeshApps.Edge ? null : options.Ports.Service(app),
                    GrpcPort = options.Ports.SidecarGrpc(app),
                    HttpPort = options.Ports.SidecarHttp(app),
                })],
            },
            cancellationToken);

    private async Task StartServicesAsync(MeshOptions options, CancellationToken cancellationToken)
    {
        var starts = _definitions.Select(definition => ServiceHost.StartAsync(
            definition, Arguments(definition.AppId, options), builder => ConfigureLogging(builder.Logging),
            cancellationToken)).ToList();
        // All are awaited even when one fails, so that those that started are stopped again.
        await Task.WhenAll(starts).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        foreach (var start in starts.Where(start => start.IsCompletedSuccessfully))
            _services.Add(await start);
        await Task.WhenAll(starts);
    }

    private static string[] Arguments(string app, MeshOptions options) =>
    [
        Setting($"{ServiceOptions.SectionName}:{nameof(ServiceOptions.AppPort)}", options.Ports.Service(app)),
        Setting($"{ServiceOptions.SectionName}:{nameof(ServiceOptions.WebPort)}", options.Ports.ServiceWeb(app)),
        Setting($"{ServiceOptions.SectionName}:{nameof(ServiceOptions.Postgres)}", options.PostgresConnectionString),
        Setting($"{ServiceOptions.SectionName}:{nameof(ServiceOptions.Roles)}", options.Roles),
        .. MeshApps.WithHttp.Contains(app)
            ?
            [
                Setting($"{ServiceOptions.SectionName}:{nameof(ServiceOptions.HttpPort)}",
                    options.Ports.ServiceHttp(app)),
            ]
            : Array.Empty<string>(),
        Setting($"{MediaOptions.SectionName}:{nameof(MediaOptions.Directory)}", options.MediaDirectory),
        Setting("DAPR_GRPC_PORT", options.Ports.SidecarGrpc(app)),
        .. options.WebOrigins is { } origins
            ? [Setting($"{ServiceOptions.SectionName}:{nameof(ServiceOptions.WebOrigins)}", origins)]
            : Array.Empty<string>(),
        .. options.Cache is { } cache
            ? [Setting($"{CacheOptions.SectionName}:{nameof(CacheOptions.Cache)}", cache)]
            : Array.Empty<string>(),
    ];

    private static string Setting(string name, object value) =>
        string.Create(CultureInfo.InvariantCulture, $"--{name}={value}");

    private static void ConfigureLogging(ILoggingBuilder logging) => logging
        .ClearProviders()
        .SetMinimumLevel(LogLevel.Warning)
        // Standard output is for reports, which machines read too.
        .AddSimpleConsole(console => console.SingleLine = true)
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}
