using DaprSocial.Sidecar.Tests.Protos;
using Grpc.Core;

namespace DaprSocial.Sidecar.Tests;

/// <summary>The app's own service; each test says what its methods do. By default they echo.</summary>
internal sealed class ProbeService : Probe.ProbeBase
{
    public Func<Ping, ServerCallContext, Task<Pong>> OnUnary { get; set; } =
        (ping, _) => Task.FromResult(new Pong { Body = ping.Body });

    public Func<Ping, IServerStreamWriter<Pong>, ServerCallContext, Task> OnDown { get; set; } =
        (ping, pongs, context) => pongs.WriteAsync(new Pong { Body = ping.Body }, context.CancellationToken);

    public Func<IAsyncStreamReader<Ping>, ServerCallContext, Task<Pong>> OnUp { get; set; } = CountAsync;

    public Func<IAsyncStreamReader<Ping>, IServerStreamWriter<Pong>, ServerCallContext, Task> OnBoth { get; set; } =
        EchoAsync;

    public override Task<Pong> Unary(Ping request, ServerCallContext context) => OnUnary(request, context);

    public override Task Down(Ping request, IServerStreamWriter<Pong> responseStream, ServerCallContext context) =>
        OnDown(request, responseStream, context);

    public override Task<Pong> Up(IAsyncStreamReader<Ping> requestStream, ServerCallContext context) =>
        OnUp(requestStream, context);

    public override Task Both(
        IAsyncStreamReader<Ping> requestStream, IServerStreamWriter<Pong> responseStream, ServerCallContext context) =>
        OnBoth(requestStream, responseStream, context);

    private static async Task<Pong> CountAsync(IAsyncStreamReader<Ping> pings, ServerCallContext context)
    {
        var bytes = 0;
        await foreach (var ping in pings.ReadAllAsync(context.CancellationToken))
            bytes += ping.Body.Length;
        return new Pong { Body = Google.Protobuf.ByteString.CopyFrom(BitConverter.GetBytes(bytes)) };
    }

    private static async Task EchoAsync(
        IAsyncStreamReader<Ping> pings, IServerStreamWriter<Pong> pongs, ServerCallContext context)
    {
        await foreach (var ping in pings.ReadAllAsync(context.CancellationToken))
            await pongs.WriteAsync(new Pong { Body = ping.Body }, context.CancellationToken);
    }
}
