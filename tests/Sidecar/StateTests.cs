using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Grpc.Core;
using Xunit;
using static Dapr.Client.Autogen.Grpc.v1.StateOptions.Types;

namespace DaprSocial.Sidecar.Tests;

/// <summary>state.redis answers, and lies in Redis, as that of daprd.</summary>
public sealed class StateTests : IDisposable
{
    private const StateConcurrency FirstWrite = StateConcurrency.ConcurrencyFirstWrite;
    private const StateConcurrency LastWrite = StateConcurrency.ConcurrencyLastWrite;

    private readonly Patience _patience = new();

    private CancellationToken Token => _patience.Token;

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task Save_Twice_CountsTheEtagUp()
    {
        await using var mesh = await StateMesh.StartAsync(Token);

        await mesh.SaveAsync(StateMesh.Item("k", "one"), Token);
        var first = await mesh.GetAsync("k", Token);
        await mesh.SaveAsync(StateMesh.Item("k", "two"), Token);

        Assert.Equal(("one", "1"), first);
        Assert.Equal(("two", "2"), await mesh.GetAsync("k", Token));
    }

    [Fact]
    public async Task Save_AnyBytes_LieInRedisAsDaprdsHash()
    {
        await using var mesh = await StateMesh.StartAsync(Token);
        var bytes = ByteString.CopyFrom(0, 255, 10, 13);

        await mesh.SaveAsync(new StateItem { Key = "plain", Value = bytes }, Token);
        await mesh.SaveAsync(StateMesh.Item("marked", "", concurrency: FirstWrite), Token);

        var plain = await mesh.Redis.HashGetAllAsync(mesh.InStore("plain"));
        Assert.Equal(["data", "version"], plain.Select(field => (string)field.Name!).Order());
        Assert.Equal(bytes.ToByteArray(), (byte[])await mesh.Redis.HashGetAsync(mesh.InStore("plain"), "data")!);
        Assert.Equal("1", (string?)await mesh.Redis.HashGetAsync(mesh.InStore("plain"), "version"));
        Assert.Equal(
            ["data", "first-write", "version"],
            (await mesh.Redis.HashKeysAsync(mesh.InStore("marked"))).Select(name => (string)name!).Order());
    }

    [Fact]
    public async Task Get_KeyIsMissing_AnswersNoDataAndNoEtag()
    {
        await using var mesh = await StateMesh.StartAsync(Token);

        Assert.Equal(("", ""), await mesh.GetAsync("k", Token));
    }

    [Fact]
    public async Task Get_PlainStringOfAnother_IsReadable()
    {
        await using var mesh = await StateMesh.StartAsync(Token);
        await mesh.Redis.StringSetAsync(mesh.InStore("k"), "text");

        Assert.Equal(("text", ""), await mesh.GetAsync("k", Token));
    }

    [Theory]
    [InlineData(StateConcurrency.ConcurrencyUnspecified)]
    [InlineData(FirstWrite)]
    public async Task Save_EtagOfAnOlderState_IsAborted(StateConcurrency concurrency)
    {
        await using var mesh = await StateMesh.StartAsync(Token);
        await mesh.SaveAsync(StateMesh.Item("k", "one"), Token);
        await mesh.SaveAsync(StateMesh.Item("k", "two", "1", concurrency), Token);

        var refusal = await Assert.ThrowsAsync<RpcException>(
            () => mesh.SaveAsync(StateMesh.Item("k", "three", "1", concurrency), Token));

        Assert.Equal((StatusCode.Aborted, "ERR_STATE_SAVE"), (refusal.StatusCode, StateMesh.ReasonOf(refusal)));
        Assert.StartsWith(
            "failed saving state in state store cache: possible etag mismatch.", refusal.Status.Detail,
            StringComparison.Ordinal);
        Assert.Equal(("two", "2"), await mesh.GetAsync("k", Token));
    }

    [Fact]
    public async Task Save_SameEtagAtTheSameTime_OneIsFirst()
    {
        await using var mesh = await StateMesh.StartAsync(Token);
        await mesh.SaveAsync(StateMesh.Item("k", "old", concurrency: FirstWrite), Token);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async index =>
        {
            try
            {
                await mesh.SaveAsync(StateMesh.Item("k", $"new {index}", "1", FirstWrite), Token);
                return StatusCode.OK;
            }
            catch (RpcException refusal)
            {
                return refusal.StatusCode;
            }
        }));

        Assert.Single(outcomes, StatusCode.OK);
        Assert.Equal(19, outcomes.Count(code => code == StatusCode.Aborted));
        Assert.Equal("2", (await mesh.GetAsync("k", Token)).Etag);
    }

    [Fact]
    public async Task Save_EtagForAMissingKey_IsTaken()
    {
        await using var mesh = await StateMesh.StartAsync(Token);

        await mesh.SaveAsync(StateMesh.Item("k", "one", "7", FirstWrite), Token);

        Assert.Equal(("one", "1"), await mesh.GetAsync("k", Token));
    }

    [Fact]
    public async Task Save_FirstWriteWithoutEtag_OverwritesWhatIsNotMarkedOnce()
    {
        await using var mesh = await StateMesh.StartAsync(Token);
        await mesh.SaveAsync(StateMesh.Item("k", "one"), Token);

        await mesh.SaveAsync(StateMesh.Item("k", "two", concurrency: FirstWrite), Token);
        var again = await Assert.ThrowsAsync<RpcException>(
            () => mesh.SaveAsync(StateMesh.Item("k", "three", concurrency: FirstWrite), Token));
        var plain = await Assert.ThrowsAsync<RpcException>(() => mesh.SaveAsync(StateMesh.Item("k", "four"), Token));

        Assert.Equal((StatusCode.Internal, StatusCode.Internal), (again.StatusCode, plain.StatusCode));
        Assert.Equal(("two", "2"), await mesh.GetAsync("k", Token));
    }

    [Fact]
    public async Task Save_FirstWriteWithEtagZero_IsAbortedWhereTheKeyIs()
    {
        await using var mesh = await StateMesh.StartAsync(Token);
        await mesh.SaveAsync(StateMesh.Item("k", "one", "0", FirstWrite), Token);

        var refusal = await Assert.ThrowsAsync<RpcException>(
            () => mesh.SaveAsync(StateMesh.Item("k", "two", "0", FirstWrite), Token));

        Assert.Equal(StatusCode.Aborted, refusal.StatusCode);
    }

    [Fact]
    public async Task Save_LastWrite_IgnoresTheEtag()
    {
        await using var mesh = await StateMesh.StartAsync(Token);
        await mesh.SaveAsync(StateMesh.Item("k", "one"), Token);

        await mesh.SaveAsync(StateMesh.Item("k", "two", "99", LastWrite), Token);

        Assert.Equal(("two", "2"), await mesh.GetAsync("k", Token));
    }

    [Fact]
    public async Task Save_EtagIsNoNumber_IsInvalid()
    {
        await using var mesh = await StateMesh.StartAsync(Token);

        var refusal = await Assert.ThrowsAsync<RpcException>(
            () => mesh.SaveAsync(StateMesh.Item("k", "one", "abc"), Token));

        Assert.Equal(
            (StatusCode.InvalidArgument, "ERR_STATE_SAVE"), (refusal.StatusCode, StateMesh.ReasonOf(refusal)));
    }

    [Fact]
    public async Task Save_SeveralItems_AreIndependentAndOneConflictAborts()
    {
        await using var mesh = await StateMesh.StartAsync(Token);
        await mesh.SaveAsync(StateMesh.Item("a", "old"), Token);
        var request = new SaveStateRequest
        {
            StoreName = StateMesh.Store, States = { StateMesh.Item("a", "new", "9"), StateMesh.Item("b", "new") },
        };

        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await mesh.Dapr.SaveStateAsync(request, cancellationToken: Token));

        Assert.Equal(StatusCode.Aborted, refusal.StatusCode);
        Assert.Equal(
            ("old", "new"), ((await mesh.GetAsync("a", Token)).Data, (await mesh.GetAsync("b", Token)).Data));
    }

    [Fact]
    public async Task Save_Nothing_IsTaken()
    {
        await using var mesh = await StateMesh.StartAsync(Token);

        await mesh.Dapr.SaveStateAsync(new SaveStateRequest { StoreName = StateMesh.Store }, cancellationToken: Token);
    }

    [Fact]
    public async Task Save_Lifetime_IsSetKeptAndTakenAway()
    {
        await using var mesh = await StateMesh.StartAsync(Token);

        await mesh.SaveAsync(With("60"), Token);
        var set = await mesh.Redis.KeyTimeToLiveAsync(mesh.InStore("k"));
        await mesh.SaveAsync(StateMesh.Item("k", "two"), Token);
        var kept = await mesh.Redis.KeyTimeToLiveAsync(mesh.InStore("k"));
        await mesh.SaveAsync(With("-1"), Token);
        var gone = await mesh.Redis.KeyTimeToLiveAsync(mesh.InStore("k"));
        var refusal = await Assert.ThrowsAsync<RpcException>(() => mesh.SaveAsync(With("soon"), Token));

        Assert.InRange(set!.Value, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        Assert.InRange(kept!.Value, TimeSpan.FromSeconds(20), set.Value);
        Assert.Null(gone);
        Assert.Equal(StatusCode.Internal, refusal.StatusCode);

        static StateItem With(string lifetime)
        {
            var item = StateMesh.Item("k", "one");
            item.Metadata["ttlInSeconds"] = lifetime;
            return item;
        }
    }

    [Fact]
    public async Task Save_LifetimeOfTheComponent_IsTheDefault()
    {
        await using var mesh = await StateMesh.StartAsync(Token, "{name: ttlInSeconds, value: \"40\"}");

        await mesh.SaveAsync(StateMesh.Item("k", "one"), Token);

        Assert.InRange(
            (await mesh.Redis.KeyTimeToLiveAsync(mesh.InStore("k")))!.Value,
            TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(40));
    }

    [Fact]
    public async Task GetBulk_SomeAreMissing_AnswersInTheOrderAsked()
    {
        await using var mesh = await StateMesh.StartAsync(Token);
        await mesh.SaveAsync(StateMesh.Item("a", "one"), Token);
        await mesh.SaveAsync(StateMesh.Item("c", "three"), Token);
        var request = new GetBulkStateRequest
        {
            StoreName = StateMesh.Store, Keys = { "c", "b", "a" }, Parallelism = 2,
        };

        var answer = await mesh.Dapr.GetBulkStateAsync(request, cancellationToken: Token);
        var nothing = await mesh.Dapr.GetBulkStateAsync(
            new GetBulkStateRequest { StoreName = StateMesh.Store }, cancellationToken: Token);

        Assert.Equal(
            [("c", "three", "1"), ("b", "", ""), ("a", "one", "1")],
            answer.Items.Select(item => (item.Key, item.Data.ToStringUtf8(), item.Etag)));
        Assert.Empty(nothing.Items);
    }

    [Fact]
    public async Task Delete_ByEtag_OnlyTheOneThatIsThere()
    {
        await using var mesh = await StateMesh.StartAsync(Token);
        await mesh.SaveAsync(StateMesh.Item("k", "one"), Token);

        var refusal = await Assert.ThrowsAsync<RpcException>(() => mesh.DeleteAsync("k", "9", Token));
        var kept = await mesh.GetAsync("k", Token);
        await mesh.DeleteAsync("k", "1", Token);
        await mesh.DeleteAsync("k", "1", Token);

        Assert.Equal((StatusCode.Aborted, "ERR_STATE_DELETE"), (refusal.StatusCode, StateMesh.ReasonOf(refusal)));
        Assert.StartsWith(
            "failed deleting state with key k: possible etag mismatch.", refusal.Status.Detail,
            StringComparison.Ordinal);
        Assert.Equal("one", kept.Data);
        Assert.False(await mesh.Redis.KeyExistsAsync(mesh.InStore("k")));
    }

    [Fact]
    public async Task DeleteBulk_OneConflict_DeletesTheOthersAndAborts()
    {
        await using var mesh = await StateMesh.StartAsync(Token);
        await mesh.SaveAsync(StateMesh.Item("a", "one"), Token);
        await mesh.SaveAsync(StateMesh.Item("b", "one"), Token);
        var request = new DeleteBulkStateRequest
        {
            StoreName = StateMesh.Store, States = { StateMesh.Item("a", "", "9"), StateMesh.Item("b", "") },
        };

        var refusal = await Assert.ThrowsAsync<RpcException>(
            async () => await mesh.Dapr.DeleteBulkStateAsync(request, cancellationToken: Token));

        Assert.Equal(
            (StatusCode.Aborted, "ERR_STATE_BULK_DELETE"), (refusal.StatusCode, StateMesh.ReasonOf(refusal)));
        Assert.Equal(("one", ""), ((await mesh.GetAsync("a", Token)).Data, (await mesh.GetAsync("b", Token)).Data));
    }

    [Fact]
    public async Task Save_CallerGoes_Ends()
    {
        await using var mesh = await StateMesh.StartAsync(Token);
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        var refusal = await Assert.ThrowsAsync<RpcException>(
            () => mesh.SaveAsync(StateMesh.Item("k", "one"), cancellation.Token));

        Assert.Equal(StatusCode.Cancelled, refusal.StatusCode);
    }

    [Fact]
    public async Task Redis_IsAway_AnswersAsDaprd()
    {
        await using var mesh = await StateMesh.StartAwayAsync(Token);

        var read = await Assert.ThrowsAsync<RpcException>(() => mesh.GetAsync("k", Token));
        var written = await Assert.ThrowsAsync<RpcException>(() => mesh.SaveAsync(StateMesh.Item("k", "one"), Token));
        var compared = await Assert.ThrowsAsync<RpcException>(
            () => mesh.SaveAsync(StateMesh.Item("k", "one", "1"), Token));
        var bulk = await mesh.Dapr.GetBulkStateAsync(
            new GetBulkStateRequest { StoreName = StateMesh.Store, Keys = { "k" } }, cancellationToken: Token);

        Assert.Equal((StatusCode.Internal, "ERR_STATE_GET"), (read.StatusCode, StateMesh.ReasonOf(read)));
        Assert.Equal((StatusCode.Internal, "ERR_STATE_SAVE"), (written.StatusCode, StateMesh.ReasonOf(written)));
        // daprd cannot tell it from a mismatch either (components-contrib#3584).
        Assert.Equal(StatusCode.Aborted, compared.StatusCode);
        Assert.NotEmpty(Assert.Single(bulk.Items).Error);
    }
}
