using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using DaprSocial.EchoServer.V1;
using Google.Protobuf;
using Microsoft.AspNetCore.Http.Features;

namespace DaprSocial.EchoServer;

/// <summary>
/// The same bytes on the wire with nothing of gRPC: the body is read and thrown away, the answer was made before. What
/// it should be is told by headers, <c>x-reply</c> and <c>x-count</c>.
/// </summary>
internal static class RawEcho
{
    private static readonly ConcurrentDictionary<string, byte[]> _frames = new();

    public static async Task AnswerAsync(HttpContext context)
    {
        var body = context.Request.BodyReader;
        while (await body.ReadAsync(context.RequestAborted) is var read)
        {
            body.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        context.Response.ContentType = "application/grpc";
        var frame = _frames.GetOrAdd(context.Request.Headers["x-reply"].ToString(), FrameOf);
        var count = int.Parse(context.Request.Headers["x-count"].ToString(), CultureInfo.InvariantCulture);
        // As the gRPC server does: each message of a stream is sent at once, a single one goes with the trailers.
        if (count == 1)
            context.Response.BodyWriter.Write(frame);
        for (var i = 0; count > 1 && i < count; i++)
            await context.Response.BodyWriter.WriteAsync(frame, context.RequestAborted);
        context.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers["grpc-status"] = "0";
    }

    private static byte[] FrameOf(string size)
    {
        var reply = new EchoReply
        {
            Body = ByteString.CopyFrom(new byte[int.Parse(size, CultureInfo.InvariantCulture)]),
        }.ToByteArray();
        var frame = new byte[5 + reply.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), reply.Length);
        reply.CopyTo(frame, 5);
        return frame;
    }
}
