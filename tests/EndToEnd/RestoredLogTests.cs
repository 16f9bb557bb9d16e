using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Events.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Projections.V1;
using DaprSocial.Timelines.V1;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>A command service comes back from a backup: nobody is told that what is lost is there.</summary>
public sealed class RestoredLogTests : OwnMesh
{
    [Fact]
    public async Task RestoredLog_UntilItHasANewIdentityAndProjections_RefusesTokensOfWhatIsLost()
    {
        var people = await Mesh.CreatePeopleAsync("ann");
        var ann = people[0];
        var kept = await Mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = "kept" }, ann.Headers);
        await Mesh.DrainAsync();
        await using (await Mesh.Store.HoldProjectionsAsync("posts", "timelines"))
        {
            var lost = await Mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = "lost" }, ann.Headers);
            await Mesh.SequenceAsync();
            await Mesh.Store.LoseNewestPostAsync(ann);

            await AssertLogChangedAsync(() => Read(lost.ConsistencyToken));
            await AssertLogChangedAsync(() => Mesh.Posts.CreatePostAsync(
                new CreatePostRequest { Text = "after", ConsistencyToken = lost.ConsistencyToken }, ann.Headers));
            Assert.True((await Read(kept.ConsistencyToken)).Freshness.Satisfied);
        }

        var old = (await LogAsync(new GetStreamVersionRequest { Topic = "posts", Stream = ann.Id })).LogId;
        var renewed = await RenewAsync(old);
        Assert.NotEqual(old, renewed);
        // Repeated, it changes nothing.
        Assert.Equal(renewed, await RenewAsync(old));
        foreach (var appId in (string[])["posts", "timelines"])
            await RebuildAsync(appId);

        var written = await Mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = "new" }, ann.Headers);
        await Mesh.DrainAsync();
        var home = await Read(written.ConsistencyToken);
        Assert.True(home.Freshness.Satisfied);
        Assert.Equal([written.Post.Id, kept.Post.Id], home.Entries.Select(entry => entry.PostId));
        await AssertLogChangedAsync(() => Read(kept.ConsistencyToken));

        AsyncUnaryCall<ListHomeTimelineResponse> Read(string token) => Mesh.Timelines.ListHomeTimelineAsync(
            new ListHomeTimelineRequest { ConsistencyToken = token, MaxWait = MeshActions.ShortWait }, ann.Headers);
    }

    [Fact]
    public async Task RenewLogId_OfNoId_IsRefused() => await Mesh.AssertRefusedAsync(
        () => Mesh.EventLogOf("users").RenewLogIdAsync(new RenewLogIdRequest { LogId = "x" }),
        StatusCode.InvalidArgument, "INVALID_ID", "log_id");

    private static async Task AssertLogChangedAsync<TResponse>(Func<AsyncUnaryCall<TResponse>> call)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await call());
        Refusal.Check(refusal, StatusCode.FailedPrecondition, "LOG_CHANGED", "consistency_token");
    }

    private async Task<GetStreamVersionResponse> LogAsync(GetStreamVersionRequest request) =>
        await Mesh.EventLogOf("posts").GetStreamVersionAsync(request);

    private async Task<string> RenewAsync(string logId) =>
        (await Mesh.EventLogOf("posts").RenewLogIdAsync(new RenewLogIdRequest { LogId = logId })).LogId;

    private async Task RebuildAsync(string appId)
    {
        using var call = Mesh.ProjectionOf(appId).RebuildProjection(new RebuildProjectionRequest());
        await foreach (var _ in call.ResponseStream.ReadAllAsync())
        {
        }

        await Mesh.ProjectionOf(appId).FlipProjectionAsync(new FlipProjectionRequest { Version = 2 });
    }
}
