using DaprSocial.Sidecar.Tests.Protos;
using Grpc.Core;
using Xunit;

namespace DaprSocial.Sidecar.Tests;

public sealed class ProxyMetadataTests : IDisposable
{
    private readonly Patience _patience = new();

    private CancellationToken Token => _patience.Token;

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task Metadata_BothWays_PassesUntouched()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        Metadata? seen = null;
        mesh.Probe.OnUnary = async (_, context) =>
        {
            seen = context.RequestHeaders;
            await context.WriteResponseHeadersAsync(new Metadata { { "x-head", "1" }, { "x-head-bin", [1, 0, 255] } });
            context.ResponseTrailers.Add("x-tail", "2");
            context.ResponseTrailers.Add("x-tail-bin", [2, 0, 254]);
            return new Pong();
        };

        var headers = TestMesh.To(TestMesh.App);
        headers.Add("x-text", "value");
        headers.Add("x-bytes-bin", [3, 0, 253]);
        using var call = mesh.ProbeBy().UnaryAsync(new Ping(), headers, cancellationToken: Token);
        await call;
        var head = await call.ResponseHeadersAsync;

        Assert.Equal("value", seen!.GetValue("x-text"));
        Assert.Equal<byte>([3, 0, 253], seen.GetValueBytes("x-bytes-bin")!);
        Assert.Null(seen.Get("dapr-app-id"));
        Assert.Equal("1", head.GetValue("x-head"));
        Assert.Equal<byte>([1, 0, 255], head.GetValueBytes("x-head-bin")!);
        Assert.Equal("2", call.GetTrailers().GetValue("x-tail"));
        Assert.Equal<byte>([2, 0, 254], call.GetTrailers().GetValueBytes("x-tail-bin")!);
    }

    [Fact]
    public async Task Metadata_ClientForgesTheSidecarsOwn_AppSeesTheSidecarsWordOnly()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var headers = TestMesh.To(TestMesh.App);
        headers.Add("dapr-caller-app-id", "forged");
        headers.Add("dapr-api-token", "callers-secret");

        var seen = await HeadersSeenAsync(mesh, mesh.ProbeBy(), headers);

        Assert.Equal(["edge"], seen.GetAll("dapr-caller-app-id").Select(entry => entry.Value));
        Assert.Equal(["app"], seen.GetAll("dapr-callee-app-id").Select(entry => entry.Value));
        Assert.Equal(["app-secret"], seen.GetAll("dapr-api-token").Select(entry => entry.Value));
    }

    [Fact]
    public async Task Metadata_CallToOneself_NamesNoCaller()
    {
        await using var mesh = await TestMesh.StartAsync(Token);

        var seen = await HeadersSeenAsync(mesh, mesh.ProbeBy(TestMesh.App), TestMesh.To(TestMesh.App));

        Assert.Null(seen.Get("dapr-caller-app-id"));
        Assert.Null(seen.Get("dapr-callee-app-id"));
    }

    [Fact]
    public async Task Metadata_CalleeHeaderWithNamespace_WinsOverAppId()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var headers = TestMesh.To("nobody");
        headers.Add("dapr-callee-app-id", "app.default");

        var seen = await HeadersSeenAsync(mesh, mesh.ProbeBy(), headers);

        Assert.Equal("app", seen.GetValue("dapr-callee-app-id"));
    }

    [Fact]
    public async Task Metadata_SeveralTraceparents_AppSeesTheLast()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        const string Last = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var headers = TestMesh.To(TestMesh.App);
        headers.Add("traceparent", "00-11111111111111111111111111111111-2222222222222222-01");
        headers.Add("traceparent", Last);

        var seen = await HeadersSeenAsync(mesh, mesh.ProbeBy(), headers);

        Assert.Equal([Last], seen.GetAll("traceparent").Select(entry => entry.Value));
    }

    private static async Task<Metadata> HeadersSeenAsync(TestMesh mesh, Probe.ProbeClient probe, Metadata headers)
    {
        Metadata? seen = null;
        mesh.Probe.OnUnary = (_, context) =>
        {
            seen = context.RequestHeaders;
            return Task.FromResult(new Pong());
        };
        await probe.UnaryAsync(new Ping(), headers);
        return seen!;
    }
}
