using System.Buffers.Text;
using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Graph.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Timelines.V1;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>Page sizes and page tokens that a listing must refuse, and those that it must take.</summary>
[Collection(MeshCollection.Name)]
public sealed class PageInputTests(MeshFixture fixture)
{
    private static readonly string[] _garbled =
    [
        "not a token", "%%%", "AAAA", new('A', 64), new('A', 65), new('A', 5000), Base64Url.EncodeToString([8, 1]),
    ];

    private readonly TestMesh _mesh = fixture.Mesh;

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public async Task EveryListing_NegativePageSize_IsRefused(int size)
    {
        var id = Guid.NewGuid().ToString();
        var headers = Person.HeadersOf(id);

        await RefusedAsync(() => _mesh.Posts.ListRepliesAsync(new() { PostId = id, PageSize = size }));
        await RefusedAsync(() => _mesh.Graph.ListFollowersAsync(new() { UserId = id, PageSize = size }));
        await RefusedAsync(() => _mesh.Graph.ListFolloweesAsync(new() { UserId = id, PageSize = size }));
        await RefusedAsync(() => _mesh.Timelines.ListHomeTimelineAsync(new() { PageSize = size }, headers));
        await RefusedAsync(() => _mesh.Timelines.ListAuthorTimelineAsync(new() { AuthorId = id, PageSize = size }));

        Task RefusedAsync<TResponse>(Func<AsyncUnaryCall<TResponse>> call) =>
            _mesh.AssertRefusedAsync(call, StatusCode.InvalidArgument, "INVALID_PAGE_SIZE", "page_size");
    }

    [Fact]
    public async Task EveryListing_GarbledPageToken_IsRefused()
    {
        var id = Guid.NewGuid().ToString();
        var headers = Person.HeadersOf(id);
        foreach (var token in _garbled)
        {
            await RefusedAsync(() => _mesh.Posts.ListRepliesAsync(new() { PostId = id, PageToken = token }));
            await RefusedAsync(() => _mesh.Graph.ListFollowersAsync(new() { UserId = id, PageToken = token }));
            await RefusedAsync(() => _mesh.Graph.ListFolloweesAsync(new() { UserId = id, PageToken = token }));
            await RefusedAsync(() => _mesh.Timelines.ListHomeTimelineAsync(new() { PageToken = token }, headers));
            await RefusedAsync(
                () => _mesh.Timelines.ListAuthorTimelineAsync(new() { AuthorId = id, PageToken = token }));
        }
    }

    [Fact]
    public async Task BothTimelines_PageTokenOfAnotherQuery_IsRefused()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var (ann, ben) = (people[0], people[1]);
        await _mesh.PostManyAsync(ann, 3);
        await _mesh.PostManyAsync(ben, 3);
        await _mesh.DrainAsync();
        var home = await HomeAsync("");
        var author = await AuthorAsync(ann, ben, "");

        await RefusedAsync(() => _mesh.Timelines.ListHomeTimelineAsync(
            new ListHomeTimelineRequest { PageSize = 1, PageToken = home.NextPageToken }, ben.Headers));
        await RefusedAsync(() => _mesh.Timelines.ListHomeTimelineAsync(
            new ListHomeTimelineRequest { PageSize = 1, PageToken = author.NextPageToken }, ann.Headers));
        await RefusedAsync(() => AuthorAsync(ben, ben, author.NextPageToken));
        await RefusedAsync(() => AuthorAsync(ann, ann, author.NextPageToken));
        await RefusedAsync(() => AuthorAsync(ann, null, author.NextPageToken));
        await RefusedAsync(() => AuthorAsync(ann, ann, home.NextPageToken));

        // Another page size, or another view, is the same query.
        var next = await _mesh.Timelines.ListHomeTimelineAsync(
            new ListHomeTimelineRequest { PageSize = 50, PageToken = home.NextPageToken, View = View.Ids }, ann.Headers);
        Assert.Equal(2, next.Entries.Count);

        AsyncUnaryCall<ListHomeTimelineResponse> HomeAsync(string token) => _mesh.Timelines.ListHomeTimelineAsync(
            new ListHomeTimelineRequest { PageSize = 1, PageToken = token }, ann.Headers);

        AsyncUnaryCall<ListAuthorTimelineResponse> AuthorAsync(Person whose, Person? viewer, string token) =>
            _mesh.Timelines.ListAuthorTimelineAsync(
                new ListAuthorTimelineRequest { AuthorId = whose.Id, PageSize = 1, PageToken = token },
                viewer?.Headers);
    }

    [Fact]
    public async Task ListReplies_PageTokenOfAnotherPost_IsRefused()
    {
        var person = await _mesh.CreatePersonAsync("ann");
        var (parent, other) = (await _mesh.PostAsync(person, "one"), await _mesh.PostAsync(person, "two"));
        await _mesh.PostAsync(person, "reply", parent);
        await _mesh.PostAsync(person, "reply", parent);
        await _mesh.DrainAsync();
        var page = await _mesh.Posts.ListRepliesAsync(new ListRepliesRequest { PostId = parent.Id, PageSize = 1 });

        await RefusedAsync(() => _mesh.Posts.ListRepliesAsync(
            new ListRepliesRequest { PostId = other.Id, PageSize = 1, PageToken = page.NextPageToken }));
    }

    [Fact]
    public async Task ListFollowers_PageTokenOfFolloweesOrOfAnother_IsRefused()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        await _mesh.Store.InsertFollowersAsync(people[0], 3);
        await _mesh.Store.InsertFolloweesAsync(people[0], 3);
        var id = people[0].Id;
        var followers = await _mesh.Graph.ListFollowersAsync(new ListFollowersRequest { UserId = id, PageSize = 1 });
        var followees = await _mesh.Graph.ListFolloweesAsync(new ListFolloweesRequest { UserId = id, PageSize = 1 });

        await RefusedAsync(() => _mesh.Graph.ListFollowersAsync(
            new ListFollowersRequest { UserId = id, PageToken = followees.NextPageToken }));
        await RefusedAsync(() => _mesh.Graph.ListFolloweesAsync(
            new ListFolloweesRequest { UserId = id, PageToken = followers.NextPageToken }));
        await RefusedAsync(() => _mesh.Graph.ListFollowersAsync(
            new ListFollowersRequest { UserId = people[1].Id, PageToken = followers.NextPageToken }));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public async Task BothTimelines_UnknownView_IsRefused(int view)
    {
        var id = Guid.NewGuid().ToString();

        await _mesh.AssertRefusedAsync(
            () => _mesh.Timelines.ListHomeTimelineAsync(
                new ListHomeTimelineRequest { View = (View)view }, Person.HeadersOf(id)),
            StatusCode.InvalidArgument, "INVALID_FIELD", "view");
        await _mesh.AssertRefusedAsync(
            () => _mesh.Timelines.ListAuthorTimelineAsync(
                new ListAuthorTimelineRequest { AuthorId = id, View = (View)view }),
            StatusCode.InvalidArgument, "INVALID_FIELD", "view");
    }

    [Theory]
    [MemberData(nameof(BadIds.All), MemberType = typeof(BadIds))]
    public Task ListAuthorTimeline_BadId_IsRefused(string id) => _mesh.AssertRefusedAsync(
        () => _mesh.Timelines.ListAuthorTimelineAsync(new ListAuthorTimelineRequest { AuthorId = id }),
        StatusCode.InvalidArgument, "INVALID_ID", "author_id");

    private Task<RpcException> RefusedAsync<TResponse>(Func<AsyncUnaryCall<TResponse>> call) =>
        _mesh.AssertRefusedAsync(call, StatusCode.InvalidArgument, "INVALID_PAGE_TOKEN", "page_token");
}
