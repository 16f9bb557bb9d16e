using Grpc.Core;

namespace DaprSocial.Grpc.Tests.ClientFactory;

/// <summary>The base class that would be generated.</summary>
[BindServiceMethod(typeof(EchoMethods), nameof(EchoMethods.Bind))]
internal abstract class EchoBase
{
    public abstract Task<string> Say(string request, ServerCallContext context);

    public abstract Task<string> Join(IAsyncStreamReader<string> requestStream, ServerCallContext context);

    public abstract Task Repeat(string request, IServerStreamWriter<string> responseStream, ServerCallContext context);

    public abstract Task Chat(
        IAsyncStreamReader<string> requestStream, IServerStreamWriter<string> responseStream,
        ServerCallContext context);
}
