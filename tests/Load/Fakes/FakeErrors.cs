using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace DaprSocial.Load.Tests.Fakes;

/// <summary>
/// Refusals in the form in which services send them. Reasons that the demo does not look at are not the contract's: a
/// fake that gives one must not pass for a test that provokes it.
/// </summary>
internal static class FakeErrors
{
    public static RpcException Refuse(StatusCode code, string reason)
    {
        var details = new Google.Rpc.Status
        {
            Code = (int)code,
            Details = { Any.Pack(new ErrorInfo { Type = reason, Domain = "daprsocial" }) },
        };
        var trailers = new Metadata { { "grpc-status-details-bin", details.ToByteArray() } };
        return new RpcException(new Grpc.Core.Status(code, reason), trailers);
    }
}
