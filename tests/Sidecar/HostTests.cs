using System.Net;
using System.Text.Json;
using Dapr.Client.Autogen.Grpc.v1;
using DaprSocial.Sidecar.Components;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Xunit;
using DaprService = Dapr.Client.Autogen.Grpc.v1.Dapr;
using RpcStatus = Google.Rpc.Status;

namespace DaprSocial.Sidecar.Tests;

public sealed class HostTests : IDisposable
{
    private readonly Patience _patience = new();
    private readonly HttpClient _http = new();
    private readonly DirectoryInfo _components = Directory.CreateTempSubdirectory("components-");

    private CancellationToken Token => _patience.Token;

    private SidecarHostOptions OwnComponents => TestMesh.Options with { ComponentsDirectory = _components.FullName };

    public void Dispose()
    {
        _components.Delete(recursive: true);
        _http.Dispose();
        _patience.Dispose();
    }

    [Fact]
    public async Task Health_AppIsReached_IsReady()
    {
        await using var mesh = await TestMesh.StartAsync(Token);

        using var answer = await _http.GetAsync(Http(mesh.Host, TestMesh.App, "healthz"), Token);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task Health_AppIsNotUpYet_OnlyOutboundIsReady()
    {
        await using var app = new TestApp();
        await app.StartAsync(Token);
        var port = app.Port;
        await app.DisposeAsync();
        var sidecar = new SidecarOptions { AppId = "late", AppPort = port };
        await using var host = await SidecarHost.StartAsync(TestMesh.Options with { Sidecars = [sidecar] }, Token);

        using var full = await _http.GetAsync(Http(host, "late", "healthz"), Token);
        using var outbound = await _http.GetAsync(Http(host, "late", "healthz/outbound"), Token);
        var error = await full.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.InternalServerError, full.StatusCode);
        Assert.Equal("""{"errorCode":"ERR_HEALTH_NOT_READY","message":"dapr is not ready: [app]"}""", error);
        Assert.Equal(HttpStatusCode.NoContent, outbound.StatusCode);
    }

    [Fact]
    public async Task Health_AppComesUpLate_EventsFlowFromThenOn()
    {
        var first = new TestApp();
        await first.StartAsync(Token);
        var port = first.Port;
        await first.DisposeAsync();
        var sidecar = new SidecarOptions { AppId = "late", AppPort = port };
        await using var host = await SidecarHost.StartAsync(TestMesh.Options with { Sidecars = [sidecar] }, Token);
        await using var app = new TestApp(port);
        app.Subscriber.Subscriptions.Add(new() { PubsubName = "pubsub", Topic = TestMesh.Topic });

        await app.StartAsync(Token);
        await host.WaitUntilReadyAsync(Token);
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{host.PortsOf("late").Grpc}");
        await new DaprService.DaprClient(channel).PublishEventAsync(TestMesh.Event("1"), cancellationToken: Token);

        Assert.Equal("1", (await app.Subscriber.NextAsync(Token)).Text);
    }

    [Fact]
    public async Task Health_AskedForAnotherApp_IsRefused()
    {
        await using var mesh = await TestMesh.StartAsync(Token);

        using var answer = await _http.GetAsync(Http(mesh.Host, TestMesh.App, "healthz?appid=other"), Token);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var error = await answer.Content.ReadAsStringAsync(Token);
        Assert.Contains("ERR_HEALTH_APPID_NOT_MATCH", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_OverGrpc_TellsComponentsAndSubscriptions()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var dapr = mesh.DaprOf(TestMesh.App);

        await dapr.SetMetadataAsync(new SetMetadataRequest { Key = "build", Value = "7" }, cancellationToken: Token);
        await dapr.SetMetadataAsync(new SetMetadataRequest { Key = "", Value = "ignored" }, cancellationToken: Token);
        var metadata = await dapr.GetMetadataAsync(new GetMetadataRequest(), cancellationToken: Token);

        Assert.Equal("app", metadata.Id);
        Assert.Equal("pubsub.in-memory", Assert.Single(metadata.RegisteredComponents).Type);
        var subscription = Assert.Single(metadata.Subscriptions);
        Assert.Equal(("pubsub", "posts"), (subscription.PubsubName, subscription.Topic));
        Assert.Equal(PubsubSubscriptionType.Programmatic, subscription.Type);
        Assert.Equal(["build", "daprRuntimeVersion"], metadata.ExtendedMetadata.Keys.Order());
    }

    [Fact]
    public async Task Metadata_OverHttp_HasDaprdsNames()
    {
        await using var mesh = await TestMesh.StartAsync(Token);

        using var value = new StringContent("7");
        using var put = await _http.PutAsync(Http(mesh.Host, TestMesh.App, "metadata/build"), value, Token);
        var report = await _http.GetStringAsync(Http(mesh.Host, TestMesh.App, "metadata"), Token);
        using var document = JsonDocument.Parse(report);
        var metadata = document.RootElement;

        Assert.Equal("app", metadata.GetProperty("id").GetString());
        Assert.Equal("pubsub", metadata.GetProperty("components")[0].GetProperty("name").GetString());
        Assert.Equal("pubsub", metadata.GetProperty("subscriptions")[0].GetProperty("pubsubname").GetString());
        Assert.Equal("7", metadata.GetProperty("extended").GetProperty("build").GetString());
        Assert.Equal("grpc", metadata.GetProperty("appConnectionProperties").GetProperty("protocol").GetString());
    }

    [Fact]
    public async Task Shutdown_EverySidecar_CompletesTheHost()
    {
        await using var mesh = await TestMesh.StartAsync(Token);

        await mesh.DaprOf().ShutdownAsync(new ShutdownRequest(), cancellationToken: Token);
        Assert.False(mesh.Host.Completion.IsCompleted);
        await mesh.DaprOf(TestMesh.App).ShutdownAsync(new ShutdownRequest(), cancellationToken: Token);

        await mesh.Host.Completion.WaitAsync(Token);
    }

    [Fact]
    public async Task State_NoStore_AnswersAsDaprd()
    {
        await using var mesh = await TestMesh.StartAsync(Token);

        var failure = await Assert.ThrowsAsync<RpcException>(async () => await mesh.DaprOf().GetStateAsync(
            new GetStateRequest { StoreName = "cache", Key = "k" }, cancellationToken: Token));
        var status = RpcStatus.Parser.ParseFrom(failure.Trailers.GetValueBytes("grpc-status-details-bin"));

        Assert.Equal(StatusCode.FailedPrecondition, failure.StatusCode);
        Assert.Equal("state store cache is not configured", failure.Status.Detail);
        Assert.Equal("DAPR_STATE_NOT_CONFIGURED", status.Details[0].Unpack<ErrorInfo>().Type);
    }

    [Theory]
    [InlineData(0, StatusCode.InvalidArgument, "ExpiryInSeconds is not positive in lock store locks")]
    [InlineData(5, StatusCode.FailedPrecondition, "lock store is not configured")]
    public async Task Lock_NoStore_AnswersAsDaprd(int expiryInSeconds, StatusCode code, string message)
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var request = new TryLockRequest { StoreName = "locks", ExpiryInSeconds = expiryInSeconds };

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await mesh.DaprOf().TryLockAlpha1Async(request, cancellationToken: Token));

        Assert.Equal((code, message), (failure.StatusCode, failure.Status.Detail));
    }

    [Fact]
    public async Task InvokeService_Legacy_AnswersUnimplemented()
    {
        await using var mesh = await TestMesh.StartAsync(Token);

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await mesh.DaprOf().InvokeServiceAsync(new InvokeServiceRequest { Id = "app" }, cancellationToken: Token));

        Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
    }

    [Fact]
    public async Task Components_Scopes_HideAComponentFromOtherApps()
    {
        Write("pubsub.yaml", Manifest("pubsub", "pubsub.in-memory") + "scopes: [app]\n");
        await using var mesh = await TestMesh.StartAsync(OwnComponents, Token, TestMesh.Subscribing(TestMesh.Topic));

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await mesh.DaprOf().PublishEventAsync(TestMesh.Event("1"), cancellationToken: Token));
        await mesh.DaprOf(TestMesh.App).PublishEventAsync(TestMesh.Event("2"), cancellationToken: Token);

        Assert.Equal("pubsub pubsub is not found", refused.Status.Detail);
        Assert.Equal("2", (await mesh.Subscriber.NextAsync(Token)).Text);
    }

    [Fact]
    public async Task Components_SeveralDocumentsAndOtherKinds_ComponentsAreLoaded()
    {
        var other = "apiVersion: dapr.io/v1alpha1\nkind: Resiliency\nmetadata: {name: r}\n";
        var (first, second) = (Manifest("a", "pubsub.in-memory"), Manifest("b", "pubsub.in-memory"));
        Write("all.yml", $"{first}---\n{other}---\n{second}");
        Write("notes.txt", "not yaml: [");
        await using var mesh = await TestMesh.StartAsync(OwnComponents, Token);

        var metadata = await mesh.DaprOf().GetMetadataAsync(new GetMetadataRequest(), cancellationToken: Token);

        Assert.Equal(["a", "b"], metadata.RegisteredComponents.Select(component => component.Name));
    }

    [Fact]
    public async Task Components_ShippedForLocalUse_Load()
    {
        var directory = Path.Combine(RepositoryRoot(), "components", "local");
        var sidecar = new SidecarOptions { AppId = "posts" };
        await using var host = await SidecarHost.StartAsync(
            TestMesh.Options with { ComponentsDirectory = directory, Sidecars = [sidecar] }, Token);

        Assert.NotEqual(0, host.PortsOf("posts").Grpc);
    }

    [Theory]
    [InlineData("spec: {type: pubsub.pigeon}", "component x has the unknown type pubsub.pigeon")]
    [InlineData("spec: {}", "a component needs metadata.name and spec.type")]
    [InlineData("spec: [", "")]
    [InlineData("spec: {type: pubsub.in-memory, metadata: [{name: y}]}", "an item of metadata lacks name or value")]
    public async Task Components_Malformed_ErrorNamesTheFile(string spec, string message)
    {
        Write("broken.yaml", $"kind: Component\nmetadata: {{name: x}}\n{spec}\n");

        var failure = await Assert.ThrowsAsync<ComponentException>(() => SidecarHost.StartAsync(OwnComponents, Token));

        Assert.Contains("broken.yaml", failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Components_SameNameTwice_IsAnError()
    {
        Write("a.yaml", Manifest("pubsub", "pubsub.in-memory"));
        Write("b.yaml", Manifest("pubsub", "pubsub.in-memory"));

        var failure = await Assert.ThrowsAsync<ComponentException>(() => SidecarHost.StartAsync(OwnComponents, Token));

        Assert.Contains("several components are named pubsub", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Components_NoDirectory_IsAnError() => await Assert.ThrowsAsync<ComponentException>(() =>
        SidecarHost.StartAsync(TestMesh.Options with { ComponentsDirectory = "/nowhere/at/all" }, Token));

    [Fact]
    public async Task Host_SameAppTwice_IsAnError()
    {
        var sidecar = new SidecarOptions { AppId = "twice" };

        await Assert.ThrowsAsync<ArgumentException>(() =>
            SidecarHost.StartAsync(TestMesh.Options with { Sidecars = [sidecar, sidecar] }, Token));
    }

    [Fact]
    public async Task Host_PortIsTaken_FailsAndLeavesNothingBehind()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var first = new SidecarOptions { AppId = "first" };
        var clash = new SidecarOptions { AppId = "clash", GrpcPort = mesh.Host.PortsOf(TestMesh.Edge).Grpc };

        await Assert.ThrowsAsync<IOException>(() =>
            SidecarHost.StartAsync(TestMesh.Options with { Sidecars = [first, clash] }, Token));
    }

    private static string Manifest(string name, string type) =>
        $"kind: Component\nmetadata: {{name: {name}}}\nspec: {{type: {type}, version: v1}}\n";

    private static Uri Http(SidecarHost host, string appId, string path) =>
        new($"http://127.0.0.1:{host.PortsOf(appId).Http}/v1.0/{path}");

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Directory.Packages.props")))
            directory = directory.Parent!;
        return directory.FullName;
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_components.FullName, file), text);
}
