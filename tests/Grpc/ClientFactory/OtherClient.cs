using Grpc.Core;

namespace DaprSocial.Grpc.Tests.ClientFactory;

/// <summary>A client that no constructor of its own makes of an invoker alone.</summary>
internal sealed class OtherClient(string tag, EchoClient inner)
{
    public string Tag => tag;

    public AsyncUnaryCall<string> Say(string request) => inner.Say(request, default);
}
