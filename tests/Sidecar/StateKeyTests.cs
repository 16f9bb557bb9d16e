using Dapr.Client.Autogen.Grpc.v1;
using DaprSocial.Sidecar.Components;
using Grpc.Core;
using Xunit;

namespace DaprSocial.Sidecar.Tests;

/// <summary>Which store and which key a call means, and what it is told when that is none.</summary>
public sealed class StateKeyTests : IDisposable
{
    private readonly Patience _patience = new();

    private CancellationToken Token => _patience.Token;

    public void Dispose() => _patience.Dispose();

    [Theory]
    [InlineData("appid", "edge")]
    [InlineData("namespace", "edge")]
    [InlineData("name", "cache")]
    [InlineData("Mine", "mine")]
    [InlineData("none", "")]
    public async Task KeyPrefix_OfTheComponent_IsDaprds(string keyPrefix, string expected)
    {
        await using var mesh = await StateMesh.StartWithKeyPrefixAsync(keyPrefix, expected, Token);
        var key = Guid.NewGuid().ToString("N");

        await mesh.SaveAsync(StateMesh.Item(key, "one"), Token);

        Assert.True(await mesh.Redis.KeyDeleteAsync(mesh.InStore(key)));
    }

    [Fact]
    public async Task Key_HoldsTheSeparator_IsInvalid()
    {
        await using var mesh = await StateMesh.StartAsync(Token);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => mesh.GetAsync("a||b", Token));

        Assert.Equal(
            (StatusCode.InvalidArgument, "DAPR_STATE_ILLEGAL_KEY", "input key/keyPrefix 'a||b' can't contain '||'"),
            (refusal.StatusCode, StateMesh.ReasonOf(refusal), refusal.Status.Detail));
    }

    [Fact]
    public async Task Save_KeyIsEmpty_IsInvalid()
    {
        await using var mesh = await StateMesh.StartAsync(Token);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => mesh.SaveAsync(StateMesh.Item("", "one"), Token));

        Assert.Equal(
            (StatusCode.InvalidArgument, "state key cannot be empty"), (refusal.StatusCode, refusal.Status.Detail));
    }

    [Fact]
    public async Task Store_IsAnother_IsNotFound()
    {
        await using var mesh = await StateMesh.StartAsync(Token);

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await mesh.Dapr.GetStateAsync(
            new GetStateRequest { StoreName = "other", Key = "k" }, cancellationToken: Token));

        Assert.Equal(
            (StatusCode.InvalidArgument, "DAPR_STATE_NOT_FOUND", "state store other is not found"),
            (refusal.StatusCode, StateMesh.ReasonOf(refusal), refusal.Status.Detail));
    }

    [Fact]
    public async Task Transaction_OfAStoreWithoutThem_IsUnimplemented()
    {
        await using var mesh = await StateMesh.StartAsync(Token);

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await mesh.Dapr.ExecuteStateTransactionAsync(
            new ExecuteStateTransactionRequest { StoreName = StateMesh.Store }, cancellationToken: Token));

        Assert.Equal(
            (StatusCode.Unimplemented, "DAPR_STATE_TRANSACTIONS_NOT_SUPPORTED"),
            (refusal.StatusCode, StateMesh.ReasonOf(refusal)));
    }

    [Fact]
    public async Task Metadata_OfTheStore_NamesWhatItCan()
    {
        await using var mesh = await StateMesh.StartAsync(Token);

        var metadata = await mesh.Dapr.GetMetadataAsync(new GetMetadataRequest(), cancellationToken: Token);

        var component = Assert.Single(metadata.RegisteredComponents);
        Assert.Equal(("cache", "state.redis"), (component.Name, component.Type));
        Assert.Equal(["ETAG", "TTL"], component.Capabilities);
    }

    [Fact]
    public async Task Component_SettingThatDoesNothingHere_IsAnError()
    {
        var failure = await Assert.ThrowsAsync<ComponentException>(
            () => StateMesh.StartAsync(Token, "{name: enableTLS, value: \"true\"}"));

        Assert.Contains("enableTLS", failure.Message, StringComparison.Ordinal);
    }
}
