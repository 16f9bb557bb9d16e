using DaprSocial.Graph.V1;
using DaprSocial.Media.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Search.V1;
using DaprSocial.Timelines.V1;
using DaprSocial.Users.V1;
using Google.Protobuf;

namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>Every RPC of the services that takes a token, for tests of what they have in common.</summary>
internal static class EveryRpc
{
    // Names nothing, so that no call needs anything to be there.
    private const string Someone = "018f6b1e-abcd-7000-8000-000000000001";

    private static readonly Dictionary<string, RpcCall> _calls = new()
    {
        ["CreateUser"] = new(true, false, async (mesh, headers, token) => await mesh.Users.CreateUserAsync(
            new CreateUserRequest { Handle = $"any_{Guid.NewGuid():n}"[..30], ConsistencyToken = token }, headers)),
        ["UpdateProfile"] = new(true, true, async (mesh, headers, token) => await mesh.Users.UpdateProfileAsync(
            new UpdateProfileRequest { Bio = "new", ConsistencyToken = token }, headers)),
        ["Users.EraseUser"] = new(true, false, async (mesh, headers, token) => await mesh.Users.EraseUserAsync(
            new Users.V1.EraseUserRequest { UserId = Someone, ConsistencyToken = token }, headers)),
        ["Posts.EraseUser"] = new(true, false, async (mesh, headers, token) => await mesh.Posts.EraseUserAsync(
            new Posts.V1.EraseUserRequest { UserId = Someone, ConsistencyToken = token }, headers)),
        ["Graph.EraseUser"] = new(true, false, async (mesh, headers, token) => await mesh.Graph.EraseUserAsync(
            new Graph.V1.EraseUserRequest { UserId = Someone, ConsistencyToken = token }, headers)),
        ["GetUser"] = new(false, false, async (mesh, headers, token) => await mesh.Users.GetUserAsync(
            new GetUserRequest { UserId = Someone, ConsistencyToken = token }, headers)),
        ["BatchGetUsers"] = new(false, false, async (mesh, headers, token) => await mesh.Users.BatchGetUsersAsync(
            new BatchGetUsersRequest { UserIds = { Someone }, ConsistencyToken = token }, headers)),
        ["CreatePost"] = new(true, true, async (mesh, headers, token) => await mesh.Posts.CreatePostAsync(
            new CreatePostRequest { Text = "text", ConsistencyToken = token }, headers)),
        ["DeletePost"] = new(true, true, async (mesh, headers, token) => await mesh.Posts.DeletePostAsync(
            new DeletePostRequest { PostId = Someone, ConsistencyToken = token }, headers)),
        ["LikePost"] = new(true, true, async (mesh, headers, token) => await mesh.Posts.LikePostAsync(
            new LikePostRequest { PostId = Someone, ConsistencyToken = token }, headers)),
        ["UnlikePost"] = new(true, true, async (mesh, headers, token) => await mesh.Posts.UnlikePostAsync(
            new UnlikePostRequest { PostId = Someone, ConsistencyToken = token }, headers)),
        ["GetPost"] = new(false, false, async (mesh, headers, token) => await mesh.Posts.GetPostAsync(
            new GetPostRequest { PostId = Someone, ConsistencyToken = token }, headers)),
        ["BatchGetPosts"] = new(false, false, async (mesh, headers, token) => await mesh.Posts.BatchGetPostsAsync(
            new BatchGetPostsRequest { PostIds = { Someone }, ConsistencyToken = token }, headers)),
        ["ListReplies"] = new(false, false, async (mesh, headers, token) => await mesh.Posts.ListRepliesAsync(
            new ListRepliesRequest { PostId = Someone, ConsistencyToken = token }, headers)),
        ["Follow"] = new(true, true, async (mesh, headers, token) => await mesh.Graph.FollowAsync(
            new FollowRequest { FolloweeId = Someone, ConsistencyToken = token }, headers)),
        ["Unfollow"] = new(true, true, async (mesh, headers, token) => await mesh.Graph.UnfollowAsync(
            new UnfollowRequest { FolloweeId = Someone, ConsistencyToken = token }, headers)),
        ["ListFollowers"] = new(false, false, async (mesh, headers, token) => await mesh.Graph.ListFollowersAsync(
            new ListFollowersRequest { UserId = Someone, ConsistencyToken = token }, headers)),
        ["ListFollowees"] = new(false, false, async (mesh, headers, token) => await mesh.Graph.ListFolloweesAsync(
            new ListFolloweesRequest { UserId = Someone, ConsistencyToken = token }, headers)),
        ["BatchGetRelationships"] = new(false, false, async (mesh, headers, token) =>
            await mesh.Graph.BatchGetRelationshipsAsync(
                new BatchGetRelationshipsRequest
                {
                    UserId = Someone, OtherUserIds = { Someone }, ConsistencyToken = token,
                },
                headers)),
        ["GetRelationCounts"] = new(false, false, async (mesh, headers, token) =>
            await mesh.Graph.GetRelationCountsAsync(
                new GetRelationCountsRequest { UserId = Someone, ConsistencyToken = token }, headers)),
        ["Media.EraseUser"] = new(true, false, async (mesh, headers, token) => await mesh.Media.EraseUserAsync(
            new Media.V1.EraseUserRequest { UserId = Someone, ConsistencyToken = token }, headers)),
        ["StartUpload"] = new(true, true, async (mesh, headers, token) => await mesh.Media.StartUploadAsync(
            new StartUploadRequest { Size = 1, ConsistencyToken = token }, headers)),
        ["AppendUpload"] = new(true, true, async (mesh, headers, token) => await mesh.Media.AppendUploadAsync(
            new AppendUploadRequest
            {
                UploadId = Someone, Data = ByteString.CopyFromUtf8("a"), ConsistencyToken = token,
            },
            headers)),
        ["FinishUpload"] = new(true, true, async (mesh, headers, token) => await mesh.Media.FinishUploadAsync(
            new FinishUploadRequest { UploadId = Someone, ConsistencyToken = token }, headers)),
        ["DeleteMedia"] = new(true, true, async (mesh, headers, token) => await mesh.Media.DeleteMediaAsync(
            new DeleteMediaRequest { MediaId = Someone, ConsistencyToken = token }, headers)),
        ["GetMedia"] = new(false, false, async (mesh, headers, token) => await mesh.Media.GetMediaAsync(
            new GetMediaRequest { MediaId = Someone, ConsistencyToken = token }, headers)),
        ["BatchGetMedia"] = new(false, false, async (mesh, headers, token) => await mesh.Media.BatchGetMediaAsync(
            new BatchGetMediaRequest { MediaIds = { Someone }, ConsistencyToken = token }, headers)),
        ["ListHomeTimeline"] = new(false, true, async (mesh, headers, token) =>
            await mesh.Timelines.ListHomeTimelineAsync(
                new ListHomeTimelineRequest { ConsistencyToken = token }, headers)),
        ["ListAuthorTimeline"] = new(false, false, async (mesh, headers, token) =>
            await mesh.Timelines.ListAuthorTimelineAsync(
                new ListAuthorTimelineRequest { AuthorId = Someone, ConsistencyToken = token }, headers)),
        ["SearchPosts"] = new(false, false, async (mesh, headers, token) => await mesh.Search.SearchPostsAsync(
            new SearchPostsRequest { Query = "any", ConsistencyToken = token }, headers)),
        ["SearchUsers"] = new(false, false, async (mesh, headers, token) => await mesh.Search.SearchUsersAsync(
            new SearchUsersRequest { Query = "any", ConsistencyToken = token }, headers)),
    };

    /// <summary>The names of all.</summary>
    public static IEnumerable<string> Names => _calls.Keys;

    public static RpcCall Get(string name) => _calls[name];

    /// <summary>The names of those that a condition holds for.</summary>
    public static TheoryData<string> Where(Func<RpcCall, bool> condition) =>
        [.. _calls.Where(call => condition(call.Value)).Select(call => call.Key)];
}
