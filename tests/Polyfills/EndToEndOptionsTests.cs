using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

/// <summary>Compression, credentials and channel state, with the official server and client.</summary>
public sealed class EndToEndOptionsTests
{
    private static readonly string _text = new('x', 100_000);

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Compression_BothWays_GivesTheSameText(string encoding)
    {
        CountingProvider ofServer = new(encoding), ofClient = new(encoding);
        await using var server = await LoopbackServer.StartAsync(options =>
        {
            options.CompressionProviders = [ofServer];
            options.ResponseCompressionAlgorithm = encoding;
        });
        var invoker = server.CreateChannel(options => options.CompressionProviders = [ofClient]).CreateCallInvoker();
        var headers = new Metadata { { "grpc-internal-encoding-request", encoding } };

        using var call = invoker.AsyncUnaryCall(EchoMethods.Say, null, new CallOptions(headers), _text);

        Assert.Equal(_text, await call);
        Assert.Equal((1, 1), (ofServer.Compressed, ofServer.Decompressed));
        Assert.Equal((1, 1), (ofClient.Compressed, ofClient.Decompressed));
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

        using var call = invoker.AsyncUnaryCall(EchoMethods.Say, null, default, "hello");
        await call;

        // HttpClient sends a repeated header as one.
        Assert.Equal("first, second", call.GetTrailers().GetValue("echo-credentials"));
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

    /// <summary>Notes that it was used, so that a test sees whether messages were compressed at all.</summary>
    private sealed class CountingProvider(string encoding) : ICompressionProvider
    {
        private readonly ICompressionProvider _provider = encoding == "gzip"
            ? new GzipCompressionProvider(CompressionLevel.Fastest)
            : new DeflateCompressionProvider(CompressionLevel.Fastest);

        public int Compressed { get; private set; }

        public int Decompressed { get; private set; }

        public string EncodingName => _provider.EncodingName;

        public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel)
        {
            Compressed++;
            return _provider.CreateCompressionStream(stream, compressionLevel);
        }

        public Stream CreateDecompressionStream(Stream stream)
        {
            Decompressed++;
            return _provider.CreateDecompressionStream(stream);
        }
    }
}
