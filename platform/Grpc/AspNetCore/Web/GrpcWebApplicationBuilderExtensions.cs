using Grpc.AspNetCore.Web;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Takes gRPC-Web calls.</summary>
public static class GrpcWebApplicationBuilderExtensions
{
    /// <summary>
    /// Takes gRPC-Web calls to endpoints that allow it. To be called after routing and CORS, before the endpoints.
    /// </summary>
    public static IApplicationBuilder UseGrpcWeb(this IApplicationBuilder builder) =>
        builder.UseGrpcWeb(new GrpcWebOptions());

    /// <inheritdoc cref="UseGrpcWeb(IApplicationBuilder)"/>
    public static IApplicationBuilder UseGrpcWeb(this IApplicationBuilder builder, GrpcWebOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        return builder.UseMiddleware<GrpcWebMiddleware>(options);
    }
}
