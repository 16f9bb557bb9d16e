using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

/// <summary>Compression, credentials and channel state, with the official server and client.</summary>
public sealed class EndToEndOptionsTests
{
    private static readonly string s_text = new('x', 100_000);

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Compression_BothWays_GivesTheSameText(string encoding)
    {
        ICompressionProvider[] providers =
            [new GzipCompressionProvider(CompressionLevel.Fastest), new DeflateCompressionProvider(CompressionLevel.Fastest)];
        await using var server = await LoopbackServer.StartAsync(options =>
        {
            options.CompressionProviders = providers;
            options.ResponseCompressionAlgorithm = encoding;
            options.MaxReceiveMessageSize = s_text.Length;
        });
        var invoker = server.CreateChannel(options => options.CompressionProviders = providers).CreateCallInvoker();
        var headers = new Metadata { { "grpc-internal-encoding-request", encoding } };

        using var call = invoker.AsyncUnaryCall(EchoMethods.Say, null, new CallOptions(headers), s_text);

        Assert.Equal(s_text, await call);
        Assert.Equal(encoding, (await call.ResponseHeadersAsync).GetValue("grpc-encoding"));
    }

    [Fact]
    public async Task ChannelCredentials_ComposedWithCallCredentials_AddHeadersInOrder()
    {
        await using var server = await LoopbackServer.StartAsync();
        var credentials = CallCredentials.Compose(Header("first"), Header("second"));
        var invoker = server.CreateChannel(options =>
        {
            options.UnsafeUseInsecureChannelCallCredentials = true;
            options.Credentials = ChannelCredentials.Create(ChannelCredentials.Insecure, credentials);
        }).CreateCallInvoker();

        using var call = invoker.AsyncUnaryCall(
            EchoMethods.Say, null, new CallOptions(credentials: Header("third")), "hello");
        await call;

        Assert.Equal(
            ["first", "second", "third"],
            call.GetTrailers().GetAll("echo-credentials").Select(entry => entry.Value).Order());
    }

    [Fact]
    public async Task CallCredentials_Asked_AreToldWhichCallTheyAreFor()
    {
        await using var server = await LoopbackServer.StartAsync();
        AuthInterceptorContext? seen = null;
        var credentials = CallCredentials.FromInterceptor((context, _) =>
        {
            seen = context;
            return Task.CompletedTask;
        });
        var channel = server.CreateChannel(options => options.UnsafeUseInsecureChannelCallCredentials = true);

        await channel.CreateCallInvoker()
            .AsyncUnaryCall(EchoMethods.Say, null, new CallOptions(credentials: credentials), "hello");

        Assert.Equal("Say", seen?.MethodName);
        Assert.EndsWith("/polyfills.Echo", seen?.ServiceUrl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Channel_SecureCredentialsForAPlainAddress_AreRefused()
    {
        await using var server = await LoopbackServer.StartAsync();

        Assert.Throws<InvalidOperationException>(
            () => server.CreateChannel(options => options.Credentials = ChannelCredentials.SecureSsl));
    }

    [Fact]
    public async Task Channel_Connected_IsReady()
    {
        await using var server = await LoopbackServer.StartAsync();
        var channel = server.CreateChannel();

        Assert.Equal(ConnectivityState.Idle, channel.State);
        await channel.ConnectAsync();

        Assert.Equal(ConnectivityState.Ready, channel.State);
        await channel.ShutdownAsync();
        channel.Dispose();
        Assert.Equal(ConnectivityState.Shutdown, channel.State);
    }

    private static CallCredentials Header(string value) => CallCredentials.FromInterceptor((_, metadata) =>
    {
        metadata.Add("echo-credentials", value);
        return Task.CompletedTask;
    });
}
