using Grpc.Core;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

public sealed class ServerServiceDefinitionTests
{
    [Fact]
    public void BindService_FourKinds_ReplaysThemInOrder()
    {
        var service = new EchoService();
        var binder = new RecordingBinder();

        EchoMethods.Define(service).BindService(binder);

        Assert.Equal(
            [
                (EchoMethods.Join.FullName, "ClientStreamingServerMethod`2"),
                (EchoMethods.Chat.FullName, "DuplexStreamingServerMethod`2"),
                (EchoMethods.Say.FullName, "UnaryServerMethod`2"),
                (EchoMethods.Count.FullName, "ServerStreamingServerMethod`2"),
            ],
            binder.Seen);
    }

    [Fact]
    public void Builder_MethodTwice_Throws()
    {
        var service = new EchoService();
        var builder = ServerServiceDefinition.CreateBuilder().AddMethod(EchoMethods.Say, service.Say);

        Assert.Throws<ArgumentException>(() => builder.AddMethod(EchoMethods.Say, service.Say));
    }

    [Fact]
    public void Builder_UsedAfterBuild_LeavesTheDefinitionAsItWas()
    {
        var service = new EchoService();
        var binder = new RecordingBinder();
        var builder = ServerServiceDefinition.CreateBuilder().AddMethod(EchoMethods.Say, service.Say);
        var definition = builder.Build();

        builder.AddMethod(EchoMethods.Count, service.Count);
        definition.BindService(binder);

        Assert.Single(binder.Seen);
    }

    [Fact]
    public void ServiceBinderBase_NothingOverridden_Throws()
    {
        var binder = new ServiceBinderBase();

        Assert.Throws<NotImplementedException>(() => EchoMethods.Define(new EchoService()).BindService(binder));
        Assert.Throws<NotImplementedException>(
            () => binder.AddMethod(EchoMethods.Say, (UnaryServerMethod<string, string>?)null));
        Assert.Throws<NotImplementedException>(
            () => binder.AddMethod(EchoMethods.Join, (ClientStreamingServerMethod<string, string>?)null));
        Assert.Throws<NotImplementedException>(
            () => binder.AddMethod(EchoMethods.Count, (ServerStreamingServerMethod<string, string>?)null));
        Assert.Throws<NotImplementedException>(
            () => binder.AddMethod(EchoMethods.Chat, (DuplexStreamingServerMethod<string, string>?)null));
    }

    [Fact]
    public void BindServiceMethodAttribute_Created_NamesTypeAndMethod()
    {
        var attribute = new BindServiceMethodAttribute(typeof(EchoMethods), nameof(EchoMethods.Bind));

        Assert.Equal((typeof(EchoMethods), "Bind"), (attribute.BindType, attribute.BindMethodName));
    }

    private sealed class RecordingBinder : ServiceBinderBase
    {
        public List<(string, string)> Seen { get; } = [];

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
            Record(method, handler);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
            Record(method, handler);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
            Record(method, handler);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
            Record(method, handler);

        private void Record(IMethod method, Delegate? handler) => Seen.Add((method.FullName, handler!.GetType().Name));
    }
}
