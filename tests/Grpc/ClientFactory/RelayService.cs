using Grpc.Core;
using Grpc.Health.V1;

namespace DaprSocial.Grpc.Tests.ClientFactory;

/// <summary>Does, while it serves a call, with a client of another server what a test wants.</summary>
internal sealed class RelayService(EchoClient inner, Func<EchoClient, ServerCallContext, Task> relay)
    : Health.HealthBase
{
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        await relay(inner, context);
        return new HealthCheckResponse();
    }
}
