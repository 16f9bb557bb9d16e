using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace DaprSocial.Hosting.Limits;

/// <summary>What a caller is told whose bytes are no message of the method.</summary>
internal static class UnreadableRequest
{
    // What the server says of exceptions outside of all interceptors. The outermost one lets none through, so they come
    // from reading the request.
    private const string Unhandled = "Exception was thrown by handler.";

    public static Status Status { get; } = new(StatusCode.Internal, "The request cannot be read.");

    /// <summary>Whether reading failed for what the bytes are, and not because the caller has gone.</summary>
    public static bool IsCauseOf(Exception exception) =>
        exception is InvalidDataException or InvalidProtocolBufferException
        || (exception is IOException && !IsBrokenOff(exception));

    /// <summary>Whether the caller broke off in the middle of a stream.</summary>
    public static bool IsBrokenOff(Exception exception) =>
        exception is IOException && exception.Message.Contains("reset", StringComparison.OrdinalIgnoreCase);

    /// <summary>Corrects the answer to a call whose message could not be read, which says UNKNOWN.</summary>
    public static void Mend(HttpResponse response)
    {
        if (!response.HasStarted && response.Headers["grpc-message"] == Unhandled)
            TrailersOnly.Write(response, new RpcException(Status));
    }
}
