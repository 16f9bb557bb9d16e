using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace DaprSocial.Grpc.Tests.ClientFactory;

/// <summary>A server of <see cref="EchoService"/>.</summary>
internal static class EchoHost
{
    public static Task<WebHost> StartAsync(EchoProbe probe) => WebHost.StartAsync(
        services => services.AddSingleton(probe),
        application => application.MapGrpcService<EchoService>());
}
