using Grpc.Core;

namespace DaprSocial.Grpc.Tests.ClientFactory;

/// <summary>The client that would be generated.</summary>
internal sealed class EchoClient : ClientBase<EchoClient>
{
    public EchoClient(CallInvoker callInvoker)
        : base(callInvoker)
    {
    }

    private EchoClient(ClientBaseConfiguration configuration)
        : base(configuration)
    {
    }

    public string SayAndBlock(string request, CallOptions options) =>
        CallInvoker.BlockingUnaryCall(EchoMethods.Say, null, options, request);

    public AsyncUnaryCall<string> Say(string request, CallOptions options) =>
        CallInvoker.AsyncUnaryCall(EchoMethods.Say, null, options, request);

    public AsyncClientStreamingCall<string, string> Join(CallOptions options) =>
        CallInvoker.AsyncClientStreamingCall(EchoMethods.Join, null, options);

    public AsyncServerStreamingCall<string> Repeat(string request, CallOptions options) =>
        CallInvoker.AsyncServerStreamingCall(EchoMethods.Repeat, null, options, request);

    public AsyncDuplexStreamingCall<string, string> Chat(CallOptions options) =>
        CallInvoker.AsyncDuplexStreamingCall(EchoMethods.Chat, null, options);

    protected override EchoClient NewInstance(ClientBaseConfiguration configuration) => new(configuration);
}
