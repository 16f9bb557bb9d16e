using DaprSocial.Graph.V1;
using DaprSocial.Media.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Timelines.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>What tests do so often that spelling it out would hide what they are about.</summary>
internal static class MeshActions
{
    /// <summary>As long as a call may wait for a token.</summary>
    public static readonly Duration LongWait = Duration.FromTimeSpan(TimeSpan.FromSeconds(10));

    /// <summary>Long enough to ask, too short to wait.</summary>
    public static readonly Duration ShortWait = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(20));

    private const int PagesMax = 1000;

    public static async Task<Post> PostAsync(
        this TestMesh mesh, Person author, string text, Post? parent = null,
        Visibility visibility = Visibility.Public, string after = "")
    {
        var request = new CreatePostRequest
        {
            Text = text, ReplyTo = parent?.Id ?? "", Visibility = visibility, ConsistencyToken = after,
        };
        return (await mesh.Posts.CreatePostAsync(request, author.Headers)).Post;
    }

    /// <summary>Uploads bytes in one call.</summary>
    public static async Task<UploadMediaResponse> UploadAsync(this TestMesh mesh, Person owner, byte[] bytes)
    {
        using var call = mesh.Media.UploadMedia(owner.Headers);
        await call.RequestStream.WriteAsync(
            new UploadMediaRequest { Header = new UploadHeader { Size = bytes.Length } });
        foreach (var chunk in bytes.Chunk(256 * 1024))
            await call.RequestStream.WriteAsync(new UploadMediaRequest { Data = ByteString.CopyFrom(chunk) });
        await call.RequestStream.CompleteAsync();
        return await call;
    }

    /// <summary>Posts with a medium that may have been uploaded just now.</summary>
    public static async Task<Post> AttachAsync(
        this TestMesh mesh, Person author, UploadMediaResponse uploaded, string altText)
    {
        var request = new CreatePostRequest
        {
            Text = "look", ConsistencyToken = uploaded.ConsistencyToken,
            Media = { new MediaAttachment { MediaId = uploaded.Media.Id, AltText = altText } },
        };
        return (await mesh.Posts.CreatePostAsync(request, author.Headers)).Post;
    }

    /// <summary>Posts so many; the answers are in the order of their creation.</summary>
    public static async Task<IReadOnlyList<Post>> PostManyAsync(this TestMesh mesh, Person author, int count)
    {
        var posts = new List<Post>();
        for (var number = 1; number <= count; number++)
            posts.Add(await mesh.PostAsync(author, $"number {number}"));
        return posts;
    }

    public static async Task<string> DeleteAsync(this TestMesh mesh, Person author, Post post) =>
        (await mesh.Posts.DeletePostAsync(new DeletePostRequest { PostId = post.Id }, author.Headers)).ConsistencyToken;

    public static async Task<string> LikeAsync(this TestMesh mesh, Person person, Post post) =>
        (await mesh.Posts.LikePostAsync(new LikePostRequest { PostId = post.Id }, person.Headers)).ConsistencyToken;

    public static async Task<string> UnlikeAsync(this TestMesh mesh, Person person, Post post) =>
        (await mesh.Posts.UnlikePostAsync(new UnlikePostRequest { PostId = post.Id }, person.Headers)).ConsistencyToken;

    public static async Task<string> FollowAsync(this TestMesh mesh, Person follower, Person followee) =>
        (await mesh.Graph.FollowAsync(new FollowRequest { FolloweeId = followee.Id }, follower.Headers))
        .ConsistencyToken;

    public static async Task<string> UnfollowAsync(this TestMesh mesh, Person follower, Person followee) =>
        (await mesh.Graph.UnfollowAsync(new UnfollowRequest { FolloweeId = followee.Id }, follower.Headers))
        .ConsistencyToken;

    public static async Task<string> BlockAsync(this TestMesh mesh, Person blocker, Person blocked) =>
        (await mesh.Graph.BlockAsync(new BlockRequest { UserId = blocked.Id }, blocker.Headers)).ConsistencyToken;

    public static async Task<string> UnblockAsync(this TestMesh mesh, Person blocker, Person blocked) =>
        (await mesh.Graph.UnblockAsync(new UnblockRequest { UserId = blocked.Id }, blocker.Headers)).ConsistencyToken;

    /// <summary>The ids of a home timeline, page by page to the end.</summary>
    public static Task<IReadOnlyList<string>> ReadHomeAsync(this TestMesh mesh, Person reader, int pageSize = 0) =>
        WalkAsync(async token =>
        {
            var request = new ListHomeTimelineRequest { PageSize = pageSize, PageToken = token };
            var page = await mesh.Timelines.ListHomeTimelineAsync(request, reader.Headers);
            Assert.True(page.Complete);
            return (page.Entries.Select(entry => entry.PostId), page.NextPageToken);
        });

    /// <summary>The ids of an author's timeline, page by page to the end.</summary>
    /// <param name="reader">Null for nobody.</param>
    public static Task<IReadOnlyList<string>> ReadAuthorAsync(
        this TestMesh mesh, Person author, Person? reader, int pageSize = 0) => WalkAsync(async token =>
        {
            var request = new ListAuthorTimelineRequest { AuthorId = author.Id, PageSize = pageSize, PageToken = token };
            var page = await mesh.Timelines.ListAuthorTimelineAsync(request, reader?.Headers);
            Assert.True(page.Complete);
            return (page.Entries.Select(entry => entry.PostId), page.NextPageToken);
        });

    /// <summary>The ids of the replies to a post, page by page to the end.</summary>
    /// <param name="reader">Null for nobody.</param>
    public static Task<IReadOnlyList<string>> ReadRepliesAsync(
        this TestMesh mesh, Post parent, Person? reader, int pageSize = 0) => WalkAsync(async token =>
        {
            var request = new ListRepliesRequest { PostId = parent.Id, PageSize = pageSize, PageToken = token };
            var page = await mesh.Posts.ListRepliesAsync(request, reader?.Headers);
            return (page.Replies.Select(view => view.Post.Id), page.NextPageToken);
        });

    /// <summary>A post as a reader sees it; null when it is not there for the reader.</summary>
    /// <param name="reader">Null for nobody.</param>
    public static async Task<PostView?> FindAsync(this TestMesh mesh, Post post, Person? reader)
    {
        var answer = await mesh.Posts.BatchGetPostsAsync(
            new BatchGetPostsRequest { PostIds = { post.Id } }, reader?.Headers);
        return answer.Views.SingleOrDefault();
    }

    /// <summary>Ids as every listing gives them: the newest first.</summary>
    public static IReadOnlyList<string> Newest(params IEnumerable<Post> posts) =>
        [.. posts.Select(post => post.Id).OrderDescending(StringComparer.Ordinal)];

    /// <summary>Reads a listing page by page to the end.</summary>
    public static async Task<IReadOnlyList<string>> WalkAsync(
        Func<string, Task<(IEnumerable<string> Ids, string NextPageToken)>> readPageAsync)
    {
        var ids = new List<string>();
        var token = "";
        for (var pages = 0; pages < PagesMax; pages++)
        {
            (var page, token) = await readPageAsync(token);
            ids.AddRange(page);
            if (token.Length == 0)
                return ids;
        }

        throw new InvalidOperationException($"The listing does not end after {PagesMax} pages.");
    }
}
