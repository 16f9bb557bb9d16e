using System.IO.Compression;
using Grpc.AspNetCore.Server;
using Grpc.Net.Compression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DaprSocial.Hosting.Limits;

/// <summary>Registers what keeps <see cref="CallLimits" /> inside the gRPC server.</summary>
internal static class CallLimitsRegistration
{
    /// <summary>To be called after AddGrpc, so that its interceptors come first.</summary>
    public static IServiceCollection AddCallLimits(this IServiceCollection services)
    {
        services.AddSingleton<StreamIdleInterceptor>();
        services.AddOptions<GrpcServiceOptions>().Configure<IOptions<CallLimits>>(Apply);
        return services;
    }

    private static void Apply(GrpcServiceOptions options, IOptions<CallLimits> limits)
    {
        var bytesMax = limits.Value.ReceiveBytesMax;
        options.MaxReceiveMessageSize = bytesMax;
        options.CompressionProviders =
        [
            new LimitedCompression(new GzipCompressionProvider(CompressionLevel.Fastest), bytesMax),
            new LimitedCompression(new DeflateCompressionProvider(CompressionLevel.Fastest), bytesMax),
        ];
        options.Interceptors.Add<StreamIdleInterceptor>();
    }
}
