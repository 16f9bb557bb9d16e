using Grpc.Core;

namespace DaprSocial.Grpc.Tests.ClientFactory;

/// <summary>What generated code would hold for a service of texts, with one method of each kind.</summary>
internal static class EchoMethods
{
    public static readonly Method<string, string> Say = Create(MethodType.Unary, nameof(Say));
    public static readonly Method<string, string> Join = Create(MethodType.ClientStreaming, nameof(Join));
    public static readonly Method<string, string> Repeat = Create(MethodType.ServerStreaming, nameof(Repeat));
    public static readonly Method<string, string> Chat = Create(MethodType.DuplexStreaming, nameof(Chat));

    public static void Bind(ServiceBinderBase binder, EchoBase? service)
    {
        binder.AddMethod(Say, service is null ? null : new UnaryServerMethod<string, string>(service.Say));
        binder.AddMethod(Join, service is null ? null : new ClientStreamingServerMethod<string, string>(service.Join));
        binder.AddMethod(
            Repeat, service is null ? null : new ServerStreamingServerMethod<string, string>(service.Repeat));
        binder.AddMethod(Chat, service is null ? null : new DuplexStreamingServerMethod<string, string>(service.Chat));
    }

    private static Method<string, string> Create(MethodType type, string name) =>
        new(type, "tests.Echo", name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);
}
