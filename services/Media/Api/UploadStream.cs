using System.Runtime.CompilerServices;
using DaprSocial.Errors;
using DaprSocial.Media.V1;
using Grpc.Core;

namespace DaprSocial.Media.Api;

/// <summary>Takes the messages of an upload apart: one header, then bytes.</summary>
internal static class UploadStream
{
    public static async Task<UploadHeader> ReadHeaderAsync(
        IAsyncStreamReader<UploadMediaRequest> stream, CancellationToken cancellationToken) =>
        await stream.MoveNext(cancellationToken) && stream.Current.PartCase == UploadMediaRequest.PartOneofCase.Header
            ? stream.Current.Header
            : throw Refusals.InvalidField("header", "the first message, and only that, is the header.");

    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadChunksAsync(
        IAsyncStreamReader<UploadMediaRequest> stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await stream.MoveNext(cancellationToken))
        {
            if (stream.Current.PartCase != UploadMediaRequest.PartOneofCase.Data)
                throw Refusals.InvalidField("data", "every message but the first brings bytes.");
            yield return MediaMapping.ToChunk(stream.Current.Data.Memory);
        }
    }
}
