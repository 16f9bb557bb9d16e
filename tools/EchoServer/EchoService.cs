using DaprSocial.EchoServer.V1;
using Google.Protobuf;
using Grpc.Core;

namespace DaprSocial.EchoServer;

/// <summary>As an application would write it.</summary>
internal sealed class EchoService : Echo.EchoBase
{
    public override Task<EchoReply> Say(EchoRequest request, ServerCallContext context) =>
        Task.FromResult(ReplyOf(request));

    public override async Task Repeat(
        EchoRequest request, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
    {
        for (var i = 0; i < request.Count; i++)
            await responseStream.WriteAsync(ReplyOf(request), context.CancellationToken);
    }

    private static EchoReply ReplyOf(EchoRequest request) =>
        new() { Body = UnsafeByteOperations.UnsafeWrap(new byte[request.ReplySize]) };
}
