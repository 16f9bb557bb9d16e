using Grpc.Core;

namespace DaprSocial.Grpc.Tests.ClientFactory;

/// <summary>A call of any kind with one request, to its end; none is disposed.</summary>
internal static class EchoCalls
{
    public static async Task<string> CallAsync(
        this EchoClient client, MethodType kind, string request, CallOptions options)
    {
        switch (kind)
        {
            case MethodType.Unary:
                return await client.Say(request, options);
            case MethodType.ServerStreaming:
                var repeating = client.Repeat(request, options).ResponseStream;
                return string.Concat(await repeating.ReadAllAsync().ToListAsync());
            case MethodType.ClientStreaming:
                var joining = client.Join(options);
                await joining.RequestStream.WriteAsync(request);
                await joining.RequestStream.CompleteAsync();
                return await joining;
            case MethodType.DuplexStreaming:
                var chatting = client.Chat(options);
                await chatting.RequestStream.WriteAsync(request);
                await chatting.RequestStream.CompleteAsync();
                return string.Concat(await chatting.ResponseStream.ReadAllAsync().ToListAsync());
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    /// <summary>Opens a call that hangs; what is given back disposes it.</summary>
    public static IDisposable Open(this EchoClient client, MethodType kind, CallOptions options) => kind switch
    {
        MethodType.Unary => client.Say(EchoService.Hang, options),
        MethodType.ServerStreaming => client.Repeat(EchoService.Hang, options),
        MethodType.ClientStreaming => client.Join(options),
        MethodType.DuplexStreaming => client.Chat(options),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
