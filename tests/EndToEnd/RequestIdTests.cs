using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Graph.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Users.V1;
using Google.Protobuf;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>Idempotency keys: the same call twice is one call, over the wire.</summary>
[Collection(MeshCollection.Name)]
public sealed class RequestIdTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task CreateUser_SameRequestId_AnswersTheSame()
    {
        var key = NewKey();
        await AssertIdempotentAsync(
            name => _mesh.Users.CreateUserAsync(
                new CreateUserRequest { Handle = $"idem_{name}", DisplayName = name, RequestId = key }));
    }

    [Fact]
    public async Task UpdateProfile_SameRequestId_AnswersTheSame()
    {
        var (key, person) = (NewKey(), await _mesh.CreatePersonAsync("ann"));
        await AssertIdempotentAsync(
            name => _mesh.Users.UpdateProfileAsync(
                new UpdateProfileRequest { DisplayName = name, RequestId = key }, person.Headers));
    }

    [Fact]
    public async Task CreatePost_SameRequestId_AnswersTheSame()
    {
        var (key, person) = (NewKey(), await _mesh.CreatePersonAsync("ann"));
        await AssertIdempotentAsync(
            name => _mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = name, RequestId = key }, person.Headers));
    }

    [Fact]
    public async Task PostCommands_SameRequestId_AnswerTheSame()
    {
        var person = await _mesh.CreatePersonAsync("ann");
        var posts = await _mesh.PostManyAsync(person, 2);
        string IdOf(string name) => posts[name == "first" ? 0 : 1].Id;
        var key = NewKey();

        await AssertIdempotentAsync(name => _mesh.Posts.LikePostAsync(
            new LikePostRequest { PostId = IdOf(name), RequestId = key }, person.Headers));
        // One key serves each RPC on its own.
        await AssertIdempotentAsync(name => _mesh.Posts.UnlikePostAsync(
            new UnlikePostRequest { PostId = IdOf(name), RequestId = key }, person.Headers));
        await AssertIdempotentAsync(name => _mesh.Posts.DeletePostAsync(
            new DeletePostRequest { PostId = IdOf(name), RequestId = key }, person.Headers));
    }

    [Fact]
    public async Task GraphCommands_SameRequestId_AnswerTheSame()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem");
        string IdOf(string name) => people[name == "first" ? 1 : 2].Id;
        var key = NewKey();

        await AssertIdempotentAsync(name => _mesh.Graph.FollowAsync(
            new FollowRequest { FolloweeId = IdOf(name), RequestId = key }, people[0].Headers));
        await AssertIdempotentAsync(name => _mesh.Graph.UnfollowAsync(
            new UnfollowRequest { FolloweeId = IdOf(name), RequestId = key }, people[0].Headers));
    }

    [Fact]
    public async Task CreatePost_SameRequestIdManyAtOnce_OnePostAndOneAnswer()
    {
        var person = await _mesh.CreatePersonAsync("ann");
        var request = new CreatePostRequest { Text = "once", RequestId = NewKey() };
        var before = await _mesh.Store.CountAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(async _ => await _mesh.Posts.CreatePostAsync(request, person.Headers)));

        Assert.Single(answers.Distinct());
        var after = await _mesh.Store.CountAsync();
        Assert.Equal((before.Posts + 1, before.Events + 1), (after.Posts, after.Events));
    }

    [Fact]
    public async Task CreatePost_SameRequestIdOfAnotherActor_IsAnotherCall()
    {
        var (ann, ben) = (await _mesh.CreatePersonAsync("ann"), await _mesh.CreatePersonAsync("ben"));
        var request = new CreatePostRequest { Text = "mine", RequestId = NewKey() };

        var first = await _mesh.Posts.CreatePostAsync(request, ann.Headers);
        var second = await _mesh.Posts.CreatePostAsync(request, ben.Headers);

        Assert.NotEqual(first.Post.Id, second.Post.Id);
        Assert.Equal(ben.Id, second.Post.AuthorId);
    }

    [Fact]
    public async Task CreatePost_SameRequestIdOtherToken_IsTheSameCall()
    {
        var person = await _mesh.CreatePersonAsync("ann");
        var request = new CreatePostRequest { Text = "once", RequestId = NewKey() };

        var first = await _mesh.Posts.CreatePostAsync(request, person.Headers);
        request.ConsistencyToken = first.ConsistencyToken;
        var second = await _mesh.Posts.CreatePostAsync(request, person.Headers);

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task CreatePost_RefusedCall_LeavesItsRequestIdFree()
    {
        var person = await _mesh.CreatePersonAsync("ann");
        var key = NewKey();
        await _mesh.AssertRefusedAsync(
            () => _mesh.Posts.CreatePostAsync(
                new CreatePostRequest { Text = "to nobody", ReplyTo = Guid.NewGuid().ToString(), RequestId = key },
                person.Headers),
            StatusCode.NotFound, "PARENT_NOT_FOUND", "reply_to");

        var answer = await _mesh.Posts.CreatePostAsync(
            new CreatePostRequest { Text = "to all", RequestId = key }, person.Headers);

        Assert.Equal("to all", answer.Post.Text);
    }

    [Fact]
    public async Task CreatePost_SameRequestIdAfterTheDelete_AnswersTheFirst()
    {
        var person = await _mesh.CreatePersonAsync("ann");
        var request = new CreatePostRequest { Text = "once", RequestId = NewKey() };
        var first = await _mesh.Posts.CreatePostAsync(request, person.Headers);
        await _mesh.DeleteAsync(person, first.Post);

        var second = await _mesh.Posts.CreatePostAsync(request, person.Headers);
        await _mesh.DrainAsync();

        Assert.Equal(first, second);
        Assert.Null(await _mesh.FindAsync(first.Post, person));
    }

    [Fact]
    public async Task EveryCommand_BadRequestId_IsRefused()
    {
        var person = await _mesh.CreatePersonAsync("ann");
        foreach (var key in (string[])[new string('k', 65), "a\0b", "line\nend", "tab\t"])
        {
            await RefusedAsync(() => _mesh.Users.CreateUserAsync(new() { Handle = "no_key", RequestId = key }));
            await RefusedAsync(() => _mesh.Users.UpdateProfileAsync(new() { RequestId = key }, person.Headers));
            await RefusedAsync(
                () => _mesh.Posts.CreatePostAsync(new() { Text = "text", RequestId = key }, person.Headers));
            await RefusedAsync(
                () => _mesh.Graph.UnfollowAsync(
                    new() { FolloweeId = Guid.NewGuid().ToString(), RequestId = key }, person.Headers));
        }

        var longest = new CreatePostRequest { Text = "text", RequestId = new string('ü', 64) };
        Assert.Equal(
            await _mesh.Posts.CreatePostAsync(longest, person.Headers),
            await _mesh.Posts.CreatePostAsync(longest, person.Headers));

        Task RefusedAsync<TResponse>(Func<AsyncUnaryCall<TResponse>> call) =>
            _mesh.AssertRefusedAsync(call, StatusCode.InvalidArgument, "INVALID_FIELD", "request_id");
    }

    /// <summary>Twice the same is one call with one event; the same key with another body is refused.</summary>
    /// <param name="call">The call; its argument, "first" or "second", makes the body.</param>
    private async Task AssertIdempotentAsync<TResponse>(Func<string, AsyncUnaryCall<TResponse>> call)
        where TResponse : IMessage<TResponse>
    {
        var before = await _mesh.Store.CountAsync();

        var first = await call("first");
        var between = await _mesh.Store.CountAsync();
        var again = await call("first");

        Assert.Equal(first, again);
        Assert.Equal((before.Events + 1, before.Requests + 1), (between.Events, between.Requests));
        Assert.Equal(between, await _mesh.Store.CountAsync());
        await _mesh.AssertRefusedAsync(
            () => call("second"), StatusCode.AlreadyExists, "REQUEST_ID_REUSED", "request_id");
    }

    private static string NewKey() => Guid.NewGuid().ToString();
}
