using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Posts.V1;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests;

[Collection(MeshCollection.Name)]
public sealed class PostInputTests(MeshFixture fixture)
{
    private const string Family = "👨‍👩‍👧‍👦";

    // Ten bytes that are one grapheme: 300 of them are both limits at once.
    private const string TenBytes = "a\u20D0\u20D1\u20D2";

    private static readonly Dictionary<string, (string Text, string Reason)> _badTexts = new()
    {
        ["empty"] = ("", "TEXT_EMPTY"),
        ["white space"] = (" \t\r\n\u00A0\u2003\u3000", "TEXT_EMPTY"),
        ["301 letters"] = (new string('a', 301), "TEXT_TOO_LONG"),
        ["301 graphemes of two code points"] = (Repeat("e\u0301", 301), "TEXT_TOO_LONG"),
        ["300 graphemes of 25 bytes"] = (Repeat(Family, 300), "TEXT_TOO_LONG"),
        ["3,003 bytes in 300 graphemes"] = (Repeat(TenBytes, 299) + TenBytes + "\u20D0", "TEXT_TOO_LONG"),
        ["one letter with 1,600 accents"] = ("a" + new string('\u0301', 1600), "TEXT_TOO_LONG"),
        ["NUL"] = ("a\0b", "INVALID_FIELD"),
        ["NUL alone"] = ("\0", "INVALID_FIELD"),
    };

    private static readonly Dictionary<string, string> _goodTexts = new()
    {
        ["one letter"] = "a",
        ["300 letters"] = new string('a', 300),
        ["300 graphemes of two code points"] = Repeat("e\u0301", 300),
        ["3,000 bytes in 300 graphemes"] = Repeat(TenBytes, 300),
        ["120 families"] = Repeat(Family, 120),
        ["zero-width space"] = "\u200B",
        ["control characters"] = "\u0001\u001B[31m",
    };

    private readonly TestMesh _mesh = fixture.Mesh;

    public static TheoryData<string> BadTexts => [.. _badTexts.Keys];

    public static TheoryData<string> GoodTexts => [.. _goodTexts.Keys];

    [Theory]
    [MemberData(nameof(BadTexts))]
    public async Task CreatePost_BadText_IsRefused(string scenario)
    {
        var person = await _mesh.CreatePersonAsync("ann");
        var (text, reason) = _badTexts[scenario];

        await _mesh.AssertRefusedAsync(
            () => _mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = text }, person.Headers),
            StatusCode.InvalidArgument, reason, "text");

        Assert.Equal("fine", (await _mesh.PostAsync(person, "fine")).Text);
    }

    [Theory]
    [MemberData(nameof(GoodTexts))]
    public async Task CreatePost_TextAtTheLimits_IsTakenAndReadBack(string scenario)
    {
        var person = await _mesh.CreatePersonAsync("ann");

        var post = await _mesh.PostAsync(person, _goodTexts[scenario]);
        await _mesh.DrainAsync();

        Assert.Equal(_goodTexts[scenario], post.Text);
        Assert.Equal(post, (await _mesh.FindAsync(post, null))!.Post);
    }

    [Fact]
    public async Task CreatePost_UnknownOrDeletedParent_IsRefused()
    {
        var person = await _mesh.CreatePersonAsync("ann");
        var deleted = await _mesh.PostAsync(person, "gone");
        await _mesh.DeleteAsync(person, deleted);

        foreach (var parent in (string[])[deleted.Id, Guid.NewGuid().ToString()])
        {
            await _mesh.AssertRefusedAsync(
                () => _mesh.Posts.CreatePostAsync(
                    new CreatePostRequest { Text = "to nobody", ReplyTo = parent }, person.Headers),
                StatusCode.NotFound, "PARENT_NOT_FOUND", "reply_to");
        }

        await _mesh.PostAsync(person, "to somebody", await _mesh.PostAsync(person, "here"));
    }

    [Theory]
    [InlineData("en us")]
    [InlineData("en_US")]
    [InlineData("ü")]
    [InlineData("abcdefgh-abcdefgh-abcdefgh-abcdefgh1")]
    public async Task CreatePost_BadLanguage_IsRefused(string language)
    {
        var person = await _mesh.CreatePersonAsync("ann");

        await _mesh.AssertRefusedAsync(
            () => _mesh.Posts.CreatePostAsync(
                new CreatePostRequest { Text = "text", Language = language }, person.Headers),
            StatusCode.InvalidArgument, "INVALID_FIELD", "language");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public async Task CreatePost_UnknownVisibility_IsRefused(int visibility)
    {
        var person = await _mesh.CreatePersonAsync("ann");

        await _mesh.AssertRefusedAsync(
            () => _mesh.Posts.CreatePostAsync(
                new CreatePostRequest { Text = "text", Visibility = (Visibility)visibility }, person.Headers),
            StatusCode.InvalidArgument, "INVALID_FIELD", "visibility");
    }

    [Theory]
    [MemberData(nameof(BadIds.All), MemberType = typeof(BadIds))]
    public async Task EveryRpc_BadPostId_IsRefused(string id)
    {
        var headers = Person.HeadersOf(Guid.NewGuid().ToString());

        await _mesh.AssertRefusedAsync(
            () => _mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = "text", ReplyTo = id }, headers),
            StatusCode.InvalidArgument, "INVALID_ID", "reply_to");
        await RefusedAsync(() => _mesh.Posts.GetPostAsync(new GetPostRequest { PostId = id }));
        await RefusedAsync(() => _mesh.Posts.DeletePostAsync(new DeletePostRequest { PostId = id }, headers));
        await RefusedAsync(() => _mesh.Posts.LikePostAsync(new LikePostRequest { PostId = id }, headers));
        await RefusedAsync(() => _mesh.Posts.UnlikePostAsync(new UnlikePostRequest { PostId = id }, headers));
        await RefusedAsync(() => _mesh.Posts.ListRepliesAsync(new ListRepliesRequest { PostId = id }));
        await _mesh.AssertRefusedAsync(
            () => _mesh.Posts.BatchGetPostsAsync(new BatchGetPostsRequest { PostIds = { BadIds.Good(2), id } }),
            StatusCode.InvalidArgument, "INVALID_ID", "post_ids");

        Task RefusedAsync<TResponse>(Func<AsyncUnaryCall<TResponse>> call) =>
            _mesh.AssertRefusedAsync(call, StatusCode.InvalidArgument, "INVALID_ID", "post_id");
    }

    [Fact]
    public async Task EveryRpc_EmptyPostId_IsRefused()
    {
        var headers = Person.HeadersOf(Guid.NewGuid().ToString());

        await _mesh.AssertRefusedAsync(
            () => _mesh.Posts.GetPostAsync(new GetPostRequest()),
            StatusCode.InvalidArgument, "INVALID_ID", "post_id");
        await _mesh.AssertRefusedAsync(
            () => _mesh.Posts.DeletePostAsync(new DeletePostRequest(), headers),
            StatusCode.InvalidArgument, "INVALID_ID", "post_id");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public Task BatchGetPosts_NoneOrTooMany_IsRefused(int count) => _mesh.AssertRefusedAsync(
        () => _mesh.Posts.BatchGetPostsAsync(new BatchGetPostsRequest { PostIds = { BadIds.Good(count) } }),
        StatusCode.InvalidArgument, "INVALID_FIELD", "post_ids");

    [Fact]
    public async Task BatchGetPosts_AHundred_IsAnswered()
    {
        var ids = BadIds.Good(100).ToList();

        var answer = await _mesh.Posts.BatchGetPostsAsync(new BatchGetPostsRequest { PostIds = { ids } });

        Assert.Equal(ids, answer.MissingIds);
    }

    [Fact]
    public async Task DeletePost_ByAnother_IsRefused()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var post = await _mesh.PostAsync(people[0], "mine");
        var request = new DeletePostRequest { PostId = post.Id };

        await _mesh.AssertRefusedAsync(
            () => _mesh.Posts.DeletePostAsync(request, people[1].Headers),
            StatusCode.PermissionDenied, "NOT_OWNER", "post_id");

        await _mesh.DrainAsync();
        Assert.NotNull(await _mesh.FindAsync(post, people[1]));
        Assert.True((await _mesh.Posts.DeletePostAsync(request, people[0].Headers)).Changed);
    }

    [Fact]
    public async Task EveryCommand_PostThatIsNotThere_IsRefused()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben");
        var deleted = await _mesh.PostAsync(people[0], "gone");
        await _mesh.DeleteAsync(people[0], deleted);
        var headers = people[1].Headers;

        foreach (var id in (string[])[deleted.Id, Guid.NewGuid().ToString()])
        {
            await RefusedAsync(() => _mesh.Posts.LikePostAsync(new LikePostRequest { PostId = id }, headers));
            await RefusedAsync(() => _mesh.Posts.UnlikePostAsync(new UnlikePostRequest { PostId = id }, headers));
        }

        var unknown = new DeletePostRequest { PostId = Guid.NewGuid().ToString() };
        await RefusedAsync(() => _mesh.Posts.DeletePostAsync(unknown, headers));

        Task RefusedAsync<TResponse>(Func<AsyncUnaryCall<TResponse>> call) =>
            _mesh.AssertRefusedAsync(call, StatusCode.NotFound, "POST_NOT_FOUND", "post_id");
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
