using Grpc.Core;
using Grpc.Core.Interceptors;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

public sealed class ServerInterceptorTests
{
    private readonly PlainInterceptor _interceptor = new();
    private readonly EchoService _service = new();

    [Fact]
    public async Task UnaryServerHandler_NotOverridden_GoesOn()
    {
        Assert.Equal("hello", await _interceptor.UnaryServerHandler<string, string>("hello", null!, Answer));

        static Task<string> Answer(string request, ServerCallContext context) => Task.FromResult(request);
    }

    [Fact]
    public async Task ClientStreamingServerHandler_NotOverridden_GoesOn()
    {
        var requests = new StreamStub("a", "b");

        Assert.Equal(
            "ab", await _interceptor.ClientStreamingServerHandler<string, string>(requests, null!, _service.Join));
    }

    [Fact]
    public async Task ServerStreamingServerHandler_NotOverridden_GoesOn()
    {
        var responses = new StreamStub();

        await _interceptor.ServerStreamingServerHandler<string, string>("2", responses, null!, _service.Count);

        Assert.Equal(["0", "1"], responses.Written);
    }

    [Fact]
    public async Task DuplexStreamingServerHandler_NotOverridden_GoesOn()
    {
        var requests = new StreamStub("a", "b");
        var responses = new StreamStub();

        await _interceptor.DuplexStreamingServerHandler<string, string>(requests, responses, null!, _service.Chat);

        Assert.Equal(["a", "b"], responses.Written);
    }

    private sealed class PlainInterceptor : Interceptor;
}
