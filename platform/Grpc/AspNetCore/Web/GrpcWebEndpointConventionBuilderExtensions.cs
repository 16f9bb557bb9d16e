using Grpc.AspNetCore.Web;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Says of mapped services whether they take gRPC-Web calls.</summary>
public static class GrpcWebEndpointConventionBuilderExtensions
{
    /// <summary>Makes endpoints take gRPC-Web calls.</summary>
    public static TBuilder EnableGrpcWeb<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => Add(builder, new EnableGrpcWebAttribute());

    /// <summary>Makes endpoints refuse gRPC-Web calls.</summary>
    public static TBuilder DisableGrpcWeb<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => Add(builder, new DisableGrpcWebAttribute());

    private static TBuilder Add<TBuilder>(TBuilder builder, IGrpcWebEnabledMetadata metadata)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(endpoint => endpoint.Metadata.Add(metadata));
        return builder;
    }
}
