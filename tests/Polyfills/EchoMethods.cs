using Grpc.Core;

namespace DaprSocial.Polyfills.Tests;

/// <summary>What generated code would hold for a service of texts.</summary>
public static class EchoMethods
{
    public static readonly Method<string, string> Say = Create(MethodType.Unary, nameof(Say));
    public static readonly Method<string, string> Fail = Create(MethodType.Unary, nameof(Fail));
    public static readonly Method<string, string> Hang = Create(MethodType.Unary, nameof(Hang));
    public static readonly Method<string, string> Missing = Create(MethodType.Unary, nameof(Missing));
    public static readonly Method<string, string> Count = Create(MethodType.ServerStreaming, nameof(Count));
    public static readonly Method<string, string> Join = Create(MethodType.ClientStreaming, nameof(Join));
    public static readonly Method<string, string> Chat = Create(MethodType.DuplexStreaming, nameof(Chat));

    /// <summary>Tells a binder of the service; without the service, only of its shape.</summary>
    public static void Bind(ServiceBinderBase binder, EchoService? service)
    {
        binder.AddMethod(Say, service is null ? null : new UnaryServerMethod<string, string>(service.Say));
        binder.AddMethod(Fail, service is null ? null : new UnaryServerMethod<string, string>(service.Fail));
        binder.AddMethod(Hang, service is null ? null : new UnaryServerMethod<string, string>(service.Hang));
        binder.AddMethod(
            Count, service is null ? null : new ServerStreamingServerMethod<string, string>(service.Count));
        binder.AddMethod(Join, service is null ? null : new ClientStreamingServerMethod<string, string>(service.Join));
        binder.AddMethod(Chat, service is null ? null : new DuplexStreamingServerMethod<string, string>(service.Chat));
    }

    /// <summary>Gives the service as a list of methods, one of each kind.</summary>
    public static ServerServiceDefinition Define(EchoService service) => ServerServiceDefinition.CreateBuilder()
        .AddMethod(Join, service.Join)
        .AddMethod(Chat, service.Chat)
        .AddMethod(Say, service.Say)
        .AddMethod(Count, service.Count)
        .Build();

    private static Method<string, string> Create(MethodType type, string name) =>
        new(type, "polyfills.Echo", name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);
}
