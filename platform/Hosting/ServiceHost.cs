using System.Net;
using Dapper;
using DaprSocial.Dapr;
using DaprSocial.Hosting.Limits;
using DaprSocial.Hosting.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DaprSocial.Hosting;

/// <summary>Builds and runs a service: alone in its process, or beside others in one.</summary>
public static class ServiceHost
{
    // The sidecar opens about 100 streams a connection; ASP.NET Core's own limit of 100 would make it wait.
    private const int StreamsPerConnectionMax = 1000;

    // A peer that is gone without a word is noticed, and what it holds is let go.
    private static readonly TimeSpan _pingDelay = TimeSpan.FromSeconds(30);

    /// <summary>Runs a service until the process is told to stop.</summary>
    /// <param name="definition">The service.</param>
    /// <param name="args">Command line, for example <c>--DaprSocial:Roles=queries</c>.</param>
    public static async Task RunAsync(ServiceDefinition definition, string[] args)
    {
        await using var app = Build(definition, args, _ => { });
        await MigrateAsync(app, CancellationToken.None);
        await app.RunAsync();
    }

    /// <summary>Builds a service, brings its schema up to date and starts it.</summary>
    /// <param name="definition">The service.</param>
    /// <param name="args">Command line.</param>
    /// <param name="configure">Last changes to the registrations, for example another clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The running service; the caller stops and disposes it.</returns>
    public static async Task<WebApplication> StartAsync(
        ServiceDefinition definition, string[] args, Action<WebApplicationBuilder> configure,
        CancellationToken cancellationToken)
    {
        var app = Build(definition, args, configure);
        try
        {
            await MigrateAsync(app, cancellationToken);
            await app.StartAsync(cancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static WebApplication Build(
        ServiceDefinition definition, string[] args, Action<WebApplicationBuilder> configure)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        var builder = WebApplication.CreateSlimBuilder(args);
        AddDefaults(builder, definition);
        configure(builder);
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateScopes = true);
        var app = builder.Build();
        app.UseBrowserCalls();
        app.UseMiddleware<CallLimitsMiddleware>();
        app.MapGrpcService<AppCallbackService>();
        app.MapGrpcService<AppHealthService>();
        definition.MapEndpoints(app);
        app.MapGrpcReflectionService();
        app.MapGrpcHealthChecksService();
        return app;
    }

    private static void AddDefaults(WebApplicationBuilder builder, ServiceDefinition definition)
    {
        var configuration = builder.Configuration;
        var services = builder.Services;
        var clockOffsetMs = configuration.GetValue(OffsetClock.Variable, 0);
        services.AddOptions<ServiceOptions>()
            .Bind(configuration.GetSection(ServiceOptions.SectionName))
            .PostConfigure(options => options.AppPort = options.AppPort != 0
                ? options.AppPort
                : configuration.GetValue("APP_PORT", 0))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DaprOptions>().Configure(options =>
        {
            options.GrpcPort = configuration.GetValue("DAPR_GRPC_PORT", options.GrpcPort);
            options.ApiToken = configuration.GetValue("DAPR_API_TOKEN", "")!;
            options.AppToken = configuration.GetValue("APP_API_TOKEN", "")!;
            options.DeadlineShift = TimeSpan.FromMilliseconds(-clockOffsetMs);
        }).ValidateDataAnnotations().ValidateOnStart();

        var roles = (configuration.GetSection(ServiceOptions.SectionName).Get<ServiceOptions>() ?? new()).ParseRoles();
        services.AddSingleton(new ServiceIdentity(definition.AppId, roles));
        services.TryAddSingleton(OffsetClock.Of(clockOffsetMs));
        services.AddSingleton<IDatabase, PostgresDatabase>();
        services.AddSingleton(
            provider => provider.GetRequiredService<IDatabase>().Connect(definition.AppId, isReadOnly: false));
        services.AddSingleton(provider => new WriteSource(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton<ClockGuard>();
        services.AddHostedService(provider => provider.GetRequiredService<ClockGuard>());
        services.AddSingleton<ICaller, HeaderCaller>();
        services.AddSingleton<DaprClient>();
        services.AddSingleton<AppCallbackService>();
        services.AddSingleton(
            provider => new AppHealthService(() => provider.GetRequiredService<ClockGuard>().IsReady));
        services.AddOptions<CallLimits>().Bind(configuration.GetSection(CallLimits.SectionName))
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddGrpc(options =>
        {
            options.Interceptors.Add<ErrorInterceptor>();
            options.Interceptors.Add<AppTokenInterceptor>();
            options.Interceptors.Add<RoleInterceptor>();
        });
        services.AddSingleton<ErrorInterceptor>().AddSingleton<AppTokenInterceptor>().AddSingleton<RoleInterceptor>();
        services.AddCallLimits();
        services.AddBrowserCalls();
        services.AddGrpcReflection();
        services.AddReadinessChecks();
        definition.AddServices(services, roles);

        builder.WebHost.ConfigureKestrel(Listen);
        services.AddHostedService<GracefulStop>();
        services.AddOptions<HostOptions>().Configure<IOptions<ServiceOptions>>((host, service) =>
            host.ShutdownTimeout = TimeSpan.FromMilliseconds(
                service.Value.ShutdownDelayMs + service.Value.ShutdownTimeoutMs));
    }

    // Loopback only: that is what makes it right to trust the actor that a call's metadata names. Without a
    // configuration of its own, Kestrel would add the listeners that a setting Kestrel:Endpoints names.
    private static void Listen(KestrelServerOptions kestrel)
    {
        var options = kestrel.ApplicationServices.GetRequiredService<IOptions<ServiceOptions>>().Value;
        var limits = kestrel.ApplicationServices.GetRequiredService<IOptions<CallLimits>>().Value;
        kestrel.Configure();
        kestrel.Limits.Http2.MaxStreamsPerConnection = StreamsPerConnectionMax;
        kestrel.Limits.Http2.KeepAlivePingDelay = _pingDelay;
        kestrel.Limits.Http2.MaxRequestHeaderFieldSize = limits.HeaderBytesMax;
        kestrel.Limits.MaxRequestHeadersTotalSize = limits.HeaderBytesMax;
        kestrel.Limits.MaxConcurrentConnections = limits.ConnectionsMax;
        kestrel.Listen(IPAddress.Loopback, options.AppPort, listen => listen.Protocols = HttpProtocols.Http2);
        // Without TLS nothing tells the two protocols apart on one port.
        if (options.WebPort > 0)
            kestrel.Listen(IPAddress.Loopback, options.WebPort, listen => listen.Protocols = HttpProtocols.Http1);
        if (options.HttpPort > 0)
        {
            kestrel.Listen(
                IPAddress.Parse(options.HttpAddress), options.HttpPort,
                listen => listen.Protocols = HttpProtocols.Http1);
        }
    }

    private static Task MigrateAsync(WebApplication app, CancellationToken cancellationToken) =>
        SchemaMigrator.MigrateAsync(
            app.Services.GetRequiredService<NpgsqlDataSource>(),
            app.Services.GetRequiredService<ServiceIdentity>().AppId,
            app.Services.GetServices<Migration>(), app.Services.GetRequiredService<TimeProvider>(), cancellationToken);
}
