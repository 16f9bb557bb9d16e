using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace DaprSocial.Errors;

/// <summary>
/// Turns a refusal into <c>google.rpc.Status</c> in the trailer <c>grpc-status-details-bin</c>, and back.
/// </summary>
public static class RichStatus
{
    /// <summary>The exception that gRPC answers with: code, text, and the details in the trailer.</summary>
    public static RpcException ToRpcException(this ServiceException refusal)
    {
        var code = ErrorReasons.CodeOf(refusal.Reason);
        // Field 1 of ErrorInfo is called Type in this version of the package and reason in the contract: same bytes.
        var info = new ErrorInfo { Type = ErrorReasons.NameOf(refusal.Reason), Domain = ErrorReasons.Domain };
        foreach (var (key, value) in refusal.Metadata)
            info.Metadata[key] = value;

        var status = new Google.Rpc.Status
        {
            Code = (int)code,
            Message = refusal.Message,
            Details = { Any.Pack(info) },
        };
        if (refusal.Field is { } field)
        {
            status.Details.Add(Any.Pack(new BadRequest
            {
                FieldViolations =
                {
                    new BadRequest.Types.FieldViolation { Field = field, Description = refusal.Message },
                },
            }));
        }

        if (refusal.RetryDelay is { } delay)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));

        return status.ToRpcException();
    }

    /// <summary>The reason of an error that one of our services answered with.</summary>
    /// <returns>Null when the answer carries none, for example because it came from a sidecar.</returns>
    public static string? GetReason(this RpcException exception) =>
        // Sidecars answer with an ErrorInfo too, of a domain of their own.
        exception.GetRpcStatus()?.GetDetails<ErrorInfo>().FirstOrDefault(info => info.Domain == ErrorReasons.Domain)
            ?.Type;
}
