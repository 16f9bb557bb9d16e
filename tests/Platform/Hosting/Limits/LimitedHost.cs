using System.Net;
using DaprSocial.Hosting.Limits;
using DaprSocial.Testing;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Platform.Tests.Hosting.Limits;

/// <summary>A server with limits, over a service whose calls wait until they are let go.</summary>
internal sealed class LimitedHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly GrpcChannel _channel;

    private LimitedHost(WebApplication application)
    {
        _application = application;
        _channel = GrpcChannel.ForAddress(Address);
        Client = new Health.HealthClient(_channel);
    }

    public string Address => _application.Urls.Single();

    public Health.HealthClient Client { get; }

    public FakeTimeProvider Clock => _application.Services.GetRequiredService<FakeTimeProvider>();

    public WaitingService Service => _application.Services.GetRequiredService<WaitingService>();

    public static async Task<LimitedHost> StartAsync(CallLimits limits)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(limits));
        builder.Services.AddSingleton(new FakeTimeProvider());
        builder.Services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<FakeTimeProvider>());
        builder.Services.AddSingleton<WaitingService>();
        builder.Services.AddGrpc();
        builder.Services.AddCallLimits();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listener => listener.Protocols = HttpProtocols.Http2));
        var application = builder.Build();
        application.UseMiddleware<CallLimitsMiddleware>();
        application.MapGrpcService<WaitingService>();
        await application.StartAsync();
        return new LimitedHost(application);
    }

    public async ValueTask DisposeAsync()
    {
        Service.Release.TrySetResult();
        _channel.Dispose();
        await _application.DisposeAsync();
    }

    /// <summary>Tells the deadline of each call; one for "wait" ends when it is let go.</summary>
    internal sealed class WaitingService : Health.HealthBase
    {
        public TaskCompletionSource Release { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SemaphoreSlim Arrived { get; } = new(0);

        public DateTime Deadline { get; private set; }

        public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
        {
            Deadline = context.Deadline;
            Arrived.Release();
            if (request.Service == "wait")
                await Release.Task;
            return new HealthCheckResponse();
        }

        public override async Task Watch(
            HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream,
            ServerCallContext context)
        {
            Arrived.Release();
            await Release.Task;
        }
    }
}
