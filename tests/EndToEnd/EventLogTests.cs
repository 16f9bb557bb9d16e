using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Events.V1;
using DaprSocial.Posts.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>The log of each command service, as consumers read it.</summary>
[Collection(MeshCollection.Name)]
public sealed class EventLogTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Theory]
    [InlineData("users")]
    [InlineData("posts")]
    [InlineData("graph")]
    public async Task ReplayEvents_WholeLog_PositionsAndVersionsHaveNoHoles(string appId)
    {
        await ActAsync();

        var events = await ReplayAsync(_mesh, appId, new ReplayEventsRequest());

        Assert.NotEmpty(events);
        Assert.Equal(
            Enumerable.Range(1, events.Count).Select(position => (long)position),
            events.Select(row => row.Position));
        foreach (var stream in events.GroupBy(row => (row.Topic, row.Stream)))
        {
            Assert.Equal(
                Enumerable.Range(1, stream.Count()).Select(version => (long)version),
                stream.Select(row => row.Version));
        }

        Assert.Single(events.Select(row => row.LogId).Distinct());
        Assert.Equal(events.Count, events.Select(row => row.EventId).Distinct().Count());
        Assert.All(events, row => Assert.Equal(row.Actor, row.Stream));
    }

    [Fact]
    public async Task ReplayEvents_OnePost_TellsAllThatTheCommandKnew()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        var request = new CreatePostRequest
        {
            Text = "logged", Visibility = Visibility.Followers, RequestId = Guid.NewGuid().ToString(),
            ConsistencyToken = people[0].Token,
        };
        var post = (await _mesh.Posts.CreatePostAsync(request, people[0].Headers)).Post;
        await _mesh.DeleteAsync(people[0], post);
        await _mesh.DrainAsync();

        var events = await ReplayAsync(_mesh, "posts", "posts", people[0]);

        Assert.Equal(2, events.Count);
        var (created, deleted) = (events[0], events[1]);
        Assert.Equal(
            ("posts", people[0].Id, post.Id, 1L, 1L),
            (created.Topic, created.Stream, created.EntityId, created.EntityVersion, created.Version));
        Assert.Equal(
            ("daprsocial.posts.v1.PostCreated", 1, request.RequestId, people[0].Token),
            (created.Type, created.SchemaVersion, created.RequestId, created.After));
        Assert.Equal(post, JsonParser.Default.Parse<PostCreated>(created.Payload).Post);
        Assert.DoesNotContain("VISIBILITY", created.Payload, StringComparison.Ordinal);
        Assert.True(created.SequenceTime >= created.OccurTime);
        Assert.Equal(
            ("daprsocial.posts.v1.PostDeleted", post.Id, 2L, 2L),
            (deleted.Type, deleted.EntityId, deleted.EntityVersion, deleted.Version));
    }

    [Fact]
    public async Task GetStreamVersion_CommittedEvents_CountWhetherOrNotSequenced()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        var log = _mesh.EventLogOf("posts");
        var request = new GetStreamVersionRequest { Topic = "posts", Stream = people[0].Id };

        var before = await log.GetStreamVersionAsync(request);
        await _mesh.PostManyAsync(people[0], 2);
        var after = await log.GetStreamVersionAsync(request);

        Assert.Equal((0, 2), (before.Version, after.Version));
        Assert.Equal(before.LogId, after.LogId);
        Assert.Equal(0, (await log.GetStreamVersionAsync(
            new GetStreamVersionRequest { Topic = "graph", Stream = people[0].Id })).Version);
    }

    [Theory]
    [InlineData("posts", "x", "INVALID_ID", "stream")]
    [InlineData("po\0sts", "018f6b1e-abcd-7000-8000-000000000001", "INVALID_FIELD", "topic")]
    public async Task GetStreamVersion_OfNoStream_IsRefused(string topic, string stream, string reason, string field) =>
        await _mesh.AssertRefusedAsync(
            () => _mesh.EventLogOf("posts").GetStreamVersionAsync(
                new GetStreamVersionRequest { Topic = topic, Stream = stream }),
            StatusCode.InvalidArgument, reason, field);

    [Fact]
    public async Task ReplayEvents_EveryBound_IsKept()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        var posts = await _mesh.PostManyAsync(people[0], 5);
        await _mesh.LikeAsync(people[0], posts[0]);
        await _mesh.DrainAsync();
        var all = await ReplayAsync(_mesh, "posts", new ReplayEventsRequest());

        var after = await ReplayAsync(_mesh, "posts", new ReplayEventsRequest { AfterPosition = all.Count - 2 });
        var limited = await ReplayAsync(_mesh, "posts", new ReplayEventsRequest { AfterPosition = 1, Limit = 2 });
        var likes = await ReplayAsync(_mesh, "posts", new ReplayEventsRequest { Topic = "reactions" });
        var own = await ReplayAsync(_mesh, "posts", new ReplayEventsRequest
        {
            Topic = "posts", Stream = people[0].Id, AfterVersion = 2, Limit = 2,
        });
        var nothing = await ReplayAsync(_mesh, "posts", new ReplayEventsRequest { AfterPosition = all.Count });

        Assert.Equal(all.Skip(all.Count - 2), after);
        Assert.Equal(all.Skip(1).Take(2), limited);
        Assert.Equal(all.Where(row => row.Topic == "reactions"), likes);
        Assert.Equal([posts[2].Id, posts[3].Id], own.Select(row => row.EntityId));
        Assert.Empty(nothing);
    }

    [Fact]
    public async Task ReplayEvents_MoreThanAChunk_HoldsAll()
    {
        var people = await _mesh.CreatePeopleAsync("ann");
        await Task.WhenAll(Enumerable.Range(0, 300).Select(number => _mesh.PostAsync(people[0], $"{number}")));
        await _mesh.DrainAsync();

        var events = await ReplayAsync(_mesh, "posts", "posts", people[0]);

        Assert.Equal(Enumerable.Range(1, 300).Select(version => (long)version), events.Select(row => row.Version));
    }

    [Fact]
    public async Task ReplayEvents_BadBounds_AreRefused()
    {
        var id = Guid.NewGuid().ToString();

        await RefusedAsync(new ReplayEventsRequest { Limit = -1 }, "INVALID_FIELD", "limit");
        await RefusedAsync(new ReplayEventsRequest { Stream = id }, "INVALID_FIELD", "topic");
        await RefusedAsync(new ReplayEventsRequest { Topic = "posts", Stream = "x" }, "INVALID_ID", "stream");
        await RefusedAsync(new ReplayEventsRequest { Topic = "po\0sts" }, "INVALID_FIELD", "topic");

        async Task RefusedAsync(ReplayEventsRequest request, string reason, string field)
        {
            var refusal = await Assert.ThrowsAsync<RpcException>(() => ReplayAsync(_mesh, "posts", request));
            Refusal.Check(refusal, StatusCode.InvalidArgument, reason, field);
        }
    }

    [Theory]
    [InlineData("users")]
    [InlineData("posts")]
    [InlineData("graph")]
    public async Task ListStreamHeads_PageByPage_NamesTheNewestOfEveryStream(string appId)
    {
        await ActAsync();
        var log = _mesh.EventLogOf(appId);
        var events = await ReplayAsync(_mesh, appId, new ReplayEventsRequest());
        var heads = new Dictionary<(string, string), long>();

        for (var position = 0L; ;)
        {
            var page = await log.ListStreamHeadsAsync(
                new ListStreamHeadsRequest { AfterPosition = position, PageSize = 7 });
            foreach (var head in page.Heads)
                heads[(head.Topic, head.Stream)] = Math.Max(heads.GetValueOrDefault((head.Topic, head.Stream)), head.Version);
            Assert.Equal((events[0].LogId, (long)events.Count), (page.LogId, page.HeadPosition));
            Assert.InRange(page.NextPosition, position, position + 7);
            if (page.NextPosition == position)
                break;
            position = page.NextPosition;
        }

        var expected = events.GroupBy(row => (row.Topic, row.Stream))
            .ToDictionary(stream => stream.Key, stream => stream.Max(row => row.Version));
        Assert.Equal(expected, heads);
    }

    [Fact]
    public async Task ListStreamHeads_OlderThan_LeavesOutTheYoung()
    {
        await ActAsync();
        var log = _mesh.EventLogOf("posts");

        var old = await log.ListStreamHeadsAsync(
            new ListStreamHeadsRequest { OlderThan = Duration.FromTimeSpan(TimeSpan.FromHours(1)) });
        var all = await log.ListStreamHeadsAsync(
            new ListStreamHeadsRequest { OlderThan = Duration.FromTimeSpan(TimeSpan.Zero) });

        Assert.Empty(old.Heads);
        Assert.Equal(0, old.NextPosition);
        Assert.NotEmpty(all.Heads);
    }

    [Fact]
    public async Task ListStreamHeads_BadBounds_AreRefused()
    {
        var log = _mesh.EventLogOf("posts");

        await _mesh.AssertRefusedAsync(
            () => log.ListStreamHeadsAsync(new ListStreamHeadsRequest { PageSize = -1 }),
            StatusCode.InvalidArgument, "INVALID_PAGE_SIZE", "page_size");
        foreach (var (seconds, nanos) in ((long, int)[])[(-1, 0), (1, 2_000_000_000), (long.MaxValue, 0)])
        {
            await _mesh.AssertRefusedAsync(
                () => log.ListStreamHeadsAsync(new ListStreamHeadsRequest
                {
                    OlderThan = new Duration { Seconds = seconds, Nanos = nanos },
                }),
                StatusCode.InvalidArgument, "INVALID_FIELD", "older_than");
        }

        var longest = await log.ListStreamHeadsAsync(new ListStreamHeadsRequest
        {
            OlderThan = new Duration { Seconds = 315_576_000_000 },
        });
        Assert.Empty(longest.Heads);
    }

    /// <summary>The events of one stream.</summary>
    internal static Task<List<Event>> ReplayAsync(TestMesh mesh, string appId, string topic, Person person) =>
        ReplayAsync(mesh, appId, new ReplayEventsRequest { Topic = topic, Stream = person.Id });

    private static async Task<List<Event>> ReplayAsync(TestMesh mesh, string appId, ReplayEventsRequest request)
    {
        using var call = mesh.EventLogOf(appId).ReplayEvents(request);
        var events = new List<Event>();
        await foreach (var chunk in call.ResponseStream.ReadAllAsync())
            events.AddRange(chunk.Events);
        return events;
    }

    /// <summary>Puts a little of everything into every log.</summary>
    private async Task ActAsync()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        await _mesh.FollowAsync(people[0], people[1]);
        await _mesh.UnfollowAsync(people[0], people[1]);
        var post = await _mesh.PostAsync(people[0], "a post");
        await _mesh.LikeAsync(people[1], post);
        await _mesh.DeleteAsync(people[0], post);
        await _mesh.DrainAsync();
    }
}
