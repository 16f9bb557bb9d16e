using Grpc.Core;

namespace DaprSocial.Hosting.Limits;

/// <summary>
/// The caller's part of a stream failed: what it sent cannot be read, or it fell silent. Not a failure of this service
/// or of one behind it, though it comes up in the middle of a handler.
/// </summary>
internal sealed class StreamFailedException(Status status, Exception cause) : Exception(status.Detail, cause)
{
    /// <summary>What the caller is told.</summary>
    public Status Status => status;
}
