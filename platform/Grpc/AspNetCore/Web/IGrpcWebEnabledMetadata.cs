namespace Grpc.AspNetCore.Web;

/// <summary>Metadata of an endpoint that says whether it takes gRPC-Web calls.</summary>
public interface IGrpcWebEnabledMetadata
{
    /// <summary>Whether it does.</summary>
    bool GrpcWebEnabled { get; }
}
