using System.Buffers.Binary;
using DaprSocial.EchoServer.V1;
using Google.Protobuf;

namespace DaprSocial.Bench.Grpc;

/// <summary>One kind of call.</summary>
/// <param name="Method">Of the service Echo.</param>
/// <param name="RequestSize">Bytes in the request's body.</param>
/// <param name="ReplySize">Bytes in the body of each answer.</param>
/// <param name="ReplyCount">Answers to one call.</param>
internal sealed record GrpcLoad(string Name, string Method, int RequestSize, int ReplySize, int ReplyCount)
{
    public static IReadOnlyList<GrpcLoad> All { get; } =
    [
        new("unary, 100 B to 100 B", "Say", 100, 100, 1),
        new("unary, 100 B to 10 KB", "Say", 100, 10_000, 1),
        new("stream of 100 x 100 B", "Repeat", 100, 100, 100),
    ];

    public string Path => $"/daprsocial.bench.v1.Echo/{Method}";

    public EchoRequest Request => new()
    {
        Body = ByteString.CopyFrom(new byte[RequestSize]), ReplySize = ReplySize, Count = ReplyCount,
    };

    /// <summary>The request as gRPC sends it: flag, length, message.</summary>
    public byte[] Frame()
    {
        var message = Request.ToByteArray();
        var frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }
}
