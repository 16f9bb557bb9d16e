namespace Grpc.AspNetCore.Web;

/// <summary>Makes a service or a method take gRPC-Web calls.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public class EnableGrpcWebAttribute : Attribute, IGrpcWebEnabledMetadata
{
    /// <inheritdoc />
    public bool GrpcWebEnabled => true;
}
