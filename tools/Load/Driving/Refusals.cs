using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace DaprSocial.Load.Driving;

/// <summary>Reads why a call was refused.</summary>
internal static class Refusals
{
    public const string HandleTaken = "HANDLE_TAKEN";

    public const string Blocked = "BLOCKED";

    /// <summary>The name of the ErrorReason, or empty when the answer carries none.</summary>
    public static string ReasonOf(RpcException exception)
    {
        if (exception.Trailers.GetValueBytes("grpc-status-details-bin") is not { } details)
        {
            return "";
        }

        try
        {
            var infos = Google.Rpc.Status.Parser.ParseFrom(details).Details.Where(any => any.Is(ErrorInfo.Descriptor));
            // Type is the field that later versions of the package call Reason.
            return infos.Select(any => any.Unpack<ErrorInfo>().Type).FirstOrDefault() ?? "";
        }
        catch (InvalidProtocolBufferException)
        {
            return "";
        }
    }

    public static string Describe(RpcException exception)
    {
        var reason = ReasonOf(exception);
        return reason.Length == 0
            ? $"{exception.StatusCode}: {exception.Status.Detail}"
            : $"{exception.StatusCode} {reason}: {exception.Status.Detail}";
    }
}
