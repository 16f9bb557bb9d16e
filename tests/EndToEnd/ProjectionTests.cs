using DaprSocial.Ctl.Mesh;
using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Posts.V1;
using DaprSocial.Projections.V1;
using DaprSocial.Testing;
using DaprSocial.Timelines.V1;
using DaprSocial.Users.V1;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using DaprRuntime = Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>Operators rebuild projections while the mesh serves, and free what is parked.</summary>
public sealed class ProjectionTests : OwnMesh
{
    [Fact]
    public async Task Rebuild_EveryProjectionUnderLoad_NoReadFailsAndNothingDiffers()
    {
        var people = await Mesh.CreatePeopleAsync("ann", "ben");
        var (reader, author) = (people[0], people[1]);
        await Mesh.FollowAsync(reader, author);
        var posts = new List<Post>(await Mesh.PostManyAsync(author, 20));
        await Mesh.LikeAsync(reader, posts[0]);
        await Mesh.UploadAsync(author, MediaSamples.Png(20, 20, seed: 1));
        await Mesh.DrainAsync();

        var end = new TaskCompletionSource();
        var reads = ReadAsync(reader, posts[0], end.Task);
        var writes = WriteAsync(author, posts, end.Task);
        foreach (var appId in MeshApps.Services)
        {
            var comparison = await RebuildAsync(appId);
            Assert.True(comparison.RowCount > 0, appId);
            Assert.Empty(comparison.Differences);
            await Mesh.ProjectionOf(appId).FlipProjectionAsync(new FlipProjectionRequest { Version = 2 });
        }

        end.SetResult();
        Assert.True(await reads > 0);
        await writes;
        await Mesh.DrainAsync();

        Assert.Equal(MeshActions.Newest(posts), await Mesh.ReadHomeAsync(reader, 100));
        Assert.All(MeshApps.Services, appId => Assert.Equal(
            [(1, ProjectionState.Ready), (2, ProjectionState.Active)], StatesOf(appId)));
        await Mesh.ProjectionOf("timelines").FlipProjectionAsync(new FlipProjectionRequest { Version = 1 });
        Assert.Equal(MeshActions.Newest(posts), await Mesh.ReadHomeAsync(reader, 100));
    }

    [Theory]
    [InlineData("users", "users")]
    [InlineData("timelines", "posts", "graph")]
    public void List_FreshMesh_ServesOneVersionThatMissesNothing(string appId, params string[] sources)
    {
        var version = Assert.Single(ListOf(appId));

        Assert.Equal((1, ProjectionState.Active, 0), (version.Version, version.State, version.ParkedStreamCount));
        Assert.All(
            version.Sources, source => Assert.Equal((0, false), (source.MissingEventCount, source.IsLogChanged)));
        Assert.Equal(sources, version.Sources.Select(source => source.AppId));
    }

    [Fact]
    public async Task List_ConsumersStandStill_CountsWhatIsMissing()
    {
        var people = await Mesh.CreatePeopleAsync("ann");
        await using (await Mesh.Store.HoldProjectionsAsync("posts"))
        {
            await Mesh.PostManyAsync(people[0], 3);
            await Mesh.SequenceAsync();

            var source = ListOf("posts").Single().Sources.Single(source => source.AppId == "posts");

            Assert.Equal(3, source.MissingEventCount);
            Assert.True(source.Lag.ToTimeSpan() >= TimeSpan.Zero);
        }
    }

    [Fact]
    public async Task ParkedStream_ListedRetriedAndSkipped_GoesOn()
    {
        var people = await Mesh.CreatePeopleAsync("ann");
        await Mesh.PostAsync(people[0], "before");
        await Mesh.Store.AppendBrokenPostAsync(people[0]);
        var after = await Mesh.PostAsync(people[0], "after");
        await Mesh.DrainAsync();
        var client = Mesh.ProjectionOf("posts");

        var parked = Assert.Single(client.ListParkedStreams(new ListParkedStreamsRequest()).Streams);
        var retried = await client.RetryParkedStreamAsync(
            new RetryParkedStreamRequest { Topic = parked.Topic, Stream = parked.Stream });
        var skipped = await client.SkipParkedEventAsync(
            new SkipParkedEventRequest { Topic = parked.Topic, Stream = parked.Stream, Version = parked.Version });

        Assert.Equal(("posts", people[0].Id, 2), (parked.Topic, parked.Stream, parked.Version));
        Assert.Equal((true, false), (retried.IsParked, skipped.IsParked));
        Assert.Empty(client.ListParkedStreams(new ListParkedStreamsRequest()).Streams);
        Assert.Equal("after", (await Mesh.FindAsync(after, null))!.Post.Text);
    }

    [Fact]
    public async Task DeadLetters_UndecodableMessage_IsListed()
    {
        using (var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{Mesh.Ports.SidecarGrpc("users")}"))
        {
            await new DaprRuntime(channel).PublishEventAsync(new PublishEventRequest
            {
                PubsubName = "pubsub", Topic = "users", Data = ByteString.CopyFromUtf8("not an event"),
                DataContentType = "application/json",
            });
        }

        await Mesh.Broker.DrainAsync(CancellationToken.None);

        var letter = Assert.Single(
            Mesh.ProjectionOf("users").ListDeadLetters(new ListDeadLettersRequest { PageSize = 5 }).Letters);

        Assert.Equal(("users", "\"not an event\""), (letter.Topic, letter.Payload.ToStringUtf8()));
    }

    [Fact]
    public async Task Commands_ThatDoNotFitTheState_AreRefused()
    {
        var client = Mesh.ProjectionOf("graph");

        await RefuseAsync(() => client.FlipProjectionAsync(new FlipProjectionRequest { Version = 2 }));
        await RefuseAsync(() => client.DropProjectionAsync(new DropProjectionRequest { Version = 1 }));
        await RefuseAsync(() => client.DropProjectionAsync(new DropProjectionRequest { Version = 2 }));
        await RefuseAsync(() => client.RetryParkedStreamAsync(
            new RetryParkedStreamRequest { Topic = "users", Stream = Guid.NewGuid().ToString("D") }));
        await Mesh.AssertRefusedAsync(
            () => client.RetryParkedStreamAsync(new RetryParkedStreamRequest { Topic = "users", Stream = "x" }),
            StatusCode.InvalidArgument, "INVALID_ID", "stream");
        await Mesh.AssertRefusedAsync(
            () => client.ListParkedStreamsAsync(new ListParkedStreamsRequest { PageSize = -1 }),
            StatusCode.InvalidArgument, "INVALID_PAGE_SIZE", "page_size");
        await Mesh.AssertRefusedAsync(
            () => client.ListDeadLettersAsync(new ListDeadLettersRequest { PageSize = -1 }),
            StatusCode.InvalidArgument, "INVALID_PAGE_SIZE", "page_size");

        Task RefuseAsync<TResponse>(Func<AsyncUnaryCall<TResponse>> call) =>
            Mesh.AssertRefusedAsync(call, StatusCode.FailedPrecondition, "PROJECTION_STATE");
    }

    [Fact]
    public async Task Rebuild_WhileAnotherRuns_IsRefused()
    {
        await using var turn = await Mesh.Store.HoldRebuildAsync("graph");

        var refusal = await Assert.ThrowsAsync<RpcException>(() => RebuildAsync("graph"));

        Refusal.Check(refusal, StatusCode.Aborted, "PROJECTION_BUSY", null);
    }

    private IReadOnlyList<ProjectionVersion> ListOf(string appId) =>
        [.. Mesh.ProjectionOf(appId).ListProjectionVersions(new ListProjectionVersionsRequest()).Versions];

    private IEnumerable<(int Version, ProjectionState State)> StatesOf(string appId) =>
        ListOf(appId).Select(version => (version.Version, version.State));

    private async Task<ProjectionComparison> RebuildAsync(string appId)
    {
        using var call = Mesh.ProjectionOf(appId).RebuildProjection(new RebuildProjectionRequest { SampleSize = -1 });
        RebuildProjectionResponse? last = null;
        await foreach (var progress in call.ResponseStream.ReadAllAsync())
            last = progress;
        return last!.Comparison;
    }

    /// <returns>How many times every query was answered, whole.</returns>
    private async Task<int> ReadAsync(Person reader, Post post, Task end)
    {
        var count = 0;
        for (; !end.IsCompleted; count++)
        {
            var home = await Mesh.Timelines.ListHomeTimelineAsync(new ListHomeTimelineRequest(), reader.Headers);
            Assert.True(home.Complete);
            Assert.NotEmpty(home.Entries);
            Assert.Equal(1, (await Mesh.FindAsync(post, reader))!.LikeCount);
            var user = await Mesh.Users.GetUserAsync(new GetUserRequest { UserId = reader.Id });
            Assert.Equal(reader.Handle, user.User.Handle);
        }

        return count;
    }

    private async Task WriteAsync(Person author, List<Post> posts, Task end)
    {
        while (!end.IsCompleted)
            posts.Add(await Mesh.PostAsync(author, "meanwhile"));
    }
}
