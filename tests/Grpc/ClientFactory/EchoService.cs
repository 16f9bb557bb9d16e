using Grpc.Core;

namespace DaprSocial.Grpc.Tests.ClientFactory;

/// <summary>Answers each text with itself; "hang" waits for the caller to give up, "fail" fails.</summary>
internal sealed class EchoService(EchoProbe probe) : EchoBase
{
    public const string Hang = "hang";
    public const string Fail = "fail";

    public override async Task<string> Say(string request, ServerCallContext context)
    {
        await EnterAsync(request, context);
        return request;
    }

    public override async Task<string> Join(IAsyncStreamReader<string> requestStream, ServerCallContext context)
    {
        var joined = "";
        await foreach (var request in requestStream.ReadAllAsync())
        {
            await EnterAsync(request, context);
            joined += request;
        }

        return joined;
    }

    public override async Task Repeat(
        string request, IServerStreamWriter<string> responseStream, ServerCallContext context)
    {
        await EnterAsync(request, context);
        for (var number = 0; number < 2; number++)
            await responseStream.WriteAsync(request);
    }

    public override async Task Chat(
        IAsyncStreamReader<string> requestStream, IServerStreamWriter<string> responseStream,
        ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync())
        {
            await EnterAsync(request, context);
            await responseStream.WriteAsync(request);
        }
    }

    private async Task EnterAsync(string request, ServerCallContext context)
    {
        probe.Enter(context);
        if (request == Fail)
            throw new RpcException(new Status(StatusCode.Aborted, "as asked"));
        if (request != Hang)
            return;
        await using var registration = context.CancellationToken.Register(probe.GiveUp);
        await probe.GivenUp;
    }
}
