using System.Buffers.Binary;
using DaprSocial.Bench.Grpc;
using DaprSocial.EchoServer.V1;

namespace DaprSocial.Bench.Tests.Grpc;

public sealed class GrpcLoadTests
{
    [Fact]
    public void Frame_EveryLoad_IsTheRequestWithItsPrefix()
    {
        Assert.NotEmpty(GrpcLoad.All);
        foreach (var load in GrpcLoad.All)
        {
            var frame = load.Frame();

            Assert.Equal(0, frame[0]);
            Assert.Equal(frame.Length - 5, BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(1)));
            var request = EchoRequest.Parser.ParseFrom(frame.AsSpan(5));
            Assert.Equal(
                (load.RequestSize, load.ReplySize, load.ReplyCount),
                (request.Body.Length, request.ReplySize, request.Count));
        }
    }
}
