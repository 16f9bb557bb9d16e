namespace Grpc.AspNetCore.ClientFactory;

/// <summary>How a client takes over deadline and cancellation of the call being served.</summary>
public class GrpcContextPropagationOptions
{
    /// <summary>
    /// Whether a call that is made while no gRPC call is being served goes out as it is, instead of failing with
    /// InvalidOperationException; false at first.
    /// </summary>
    public bool SuppressContextNotFoundErrors { get; set; }
}
