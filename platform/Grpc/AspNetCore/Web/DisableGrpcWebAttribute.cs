namespace Grpc.AspNetCore.Web;

/// <summary>Makes a service or a method refuse gRPC-Web calls.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public class DisableGrpcWebAttribute : Attribute, IGrpcWebEnabledMetadata
{
    /// <inheritdoc />
    public bool GrpcWebEnabled => false;
}
