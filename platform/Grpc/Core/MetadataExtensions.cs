using Google.Protobuf;

namespace Grpc.Core;

/// <summary>The rich status of a call in its trailers.</summary>
public static class MetadataExtensions
{
    /// <summary>The trailer that carries a serialised <c>google.rpc.Status</c>.</summary>
    public const string StatusDetailsTrailerName = "grpc-status-details-bin";

    /// <summary>The rich status in the trailers.</summary>
    /// <param name="metadata">The trailers.</param>
    /// <param name="ignoreParseError">Whether bytes that are no status count as none.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no status.</exception>
    public static Google.Rpc.Status? GetRpcStatus(this Metadata metadata, bool ignoreParseError = false)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        if (metadata.GetValueBytes(StatusDetailsTrailerName) is not { } bytes)
            return null;
        try
        {
            return Google.Rpc.Status.Parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException) when (ignoreParseError)
        {
            return null;
        }
    }

    /// <summary>Puts a rich status into the trailers, in place of one that is there.</summary>
    public static void SetRpcStatus(this Metadata metadata, Google.Rpc.Status status)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(status);
        for (var place = metadata.Count - 1; place >= 0; place--)
        {
            if (metadata[place].Key == StatusDetailsTrailerName)
                metadata.RemoveAt(place);
        }

        metadata.Add(StatusDetailsTrailerName, status.ToByteArray());
    }
}
