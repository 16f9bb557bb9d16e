using global::Dapr.AppCallback.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DaprSocial.Dapr;

/// <summary>Answers the sidecar's app health probe; deliveries stop while it fails.</summary>
/// <param name="isReady">False while the app must not get events.</param>
public sealed class AppHealthService(Func<bool> isReady) : AppCallbackHealthCheck.AppCallbackHealthCheckBase
{
    /// <inheritdoc />
    public override Task<HealthCheckResponse> HealthCheck(Empty request, ServerCallContext context) =>
        isReady()
            ? Task.FromResult(new HealthCheckResponse())
            : throw new RpcException(new Status(StatusCode.Unavailable, "The app is not ready."));
}
