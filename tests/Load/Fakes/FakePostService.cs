using DaprSocial.Posts.V1;
using Grpc.Core;

namespace DaprSocial.Load.Tests.Fakes;

internal sealed class FakePostService(FakeSocial social) : PostService.PostServiceBase
{
    public override Task<CreatePostResponse> CreatePost(CreatePostRequest request, ServerCallContext context)
    {
        var actor = FakeSocial.ActorOf(context);
        return Task.FromResult(social.Once(request.RequestId, () =>
        {
            var parent = request.ReplyTo.Length == 0 ? null : Find(request.ReplyTo, actor, "no such parent");
            var post = new FakePost(new Post
            {
                Id = $"{social.NewId()}",
                AuthorId = $"{actor}",
                Text = request.Text,
                Language = request.Language,
                ReplyTo = request.ReplyTo,
                ParentAuthorId = parent is null ? "" : $"{parent.AuthorId}",
                Visibility = request.Visibility,
            });
            social.Posts.Add(post.Id, post);
            if (social.Fault != Fault.EventIsLost || social.Posts.Count != 5)
            {
                social.Logs["posts"].Append("posts", actor, $"{post.Id}", request.RequestId);
            }

            return new CreatePostResponse { Post = post.Post, ConsistencyToken = Token(actor) };
        }));
    }

    public override Task<DeletePostResponse> DeletePost(DeletePostRequest request, ServerCallContext context)
    {
        var actor = FakeSocial.ActorOf(context);
        return Task.FromResult(social.Once(request.RequestId, () =>
        {
            var post = social.Posts[Guid.Parse(request.PostId)];
            var changed = !post.Deleted;
            post.Deleted = true;
            if (changed)
            {
                social.Logs["posts"].Append("posts", actor, $"{post.Id}", request.RequestId);
            }

            return new DeletePostResponse { Changed = changed, ConsistencyToken = Token(actor) };
        }));
    }

    public override Task<LikePostResponse> LikePost(LikePostRequest request, ServerCallContext context)
    {
        var actor = FakeSocial.ActorOf(context);
        return Task.FromResult(social.Once(request.RequestId, () => new LikePostResponse
        {
            Changed = SetLike(request.PostId, actor, liked: true, request.RequestId),
            ConsistencyToken = Token(actor),
        }));
    }

    public override Task<UnlikePostResponse> UnlikePost(UnlikePostRequest request, ServerCallContext context)
    {
        var actor = FakeSocial.ActorOf(context);
        return Task.FromResult(social.Once(request.RequestId, () => new UnlikePostResponse
        {
            Changed = SetLike(request.PostId, actor, liked: false, request.RequestId),
            ConsistencyToken = Token(actor),
        }));
    }

    public override Task<GetPostResponse> GetPost(GetPostRequest request, ServerCallContext context)
    {
        var actor = FakeSocial.ActorOf(context);
        lock (social.Lock)
        {
            var post = Find(request.PostId, actor, "no such post");
            return Task.FromResult(new GetPostResponse
            {
                View = social.View(post, actor),
                Freshness = FakeSocial.Fresh(),
            });
        }
    }

    public override Task<BatchGetPostsResponse> BatchGetPosts(BatchGetPostsRequest request, ServerCallContext context)
    {
        var actor = FakeSocial.ActorOf(context);
        lock (social.Lock)
        {
            var answer = new BatchGetPostsResponse { Freshness = FakeSocial.Fresh() };
            foreach (var id in request.PostIds)
            {
                var post = social.Posts[Guid.Parse(id)];
                if (social.CanSee(actor, post) || (social.Fault == Fault.DeletedPostIsServed && post.Deleted))
                {
                    answer.Views.Add(social.View(post, actor));
                }
                else
                {
                    answer.MissingIds.Add(id);
                }
            }

            return Task.FromResult(answer);
        }
    }

    public override Task<ListRepliesResponse> ListReplies(ListRepliesRequest request, ServerCallContext context)
    {
        var actor = FakeSocial.ActorOf(context);
        lock (social.Lock)
        {
            var parent = Guid.Parse(request.PostId);
            var replies = social.Posts.Values
                .Where(post => post.ReplyTo == parent && social.CanSee(actor, post))
                .OrderByDescending(post => post.Id)
                .Skip(social.Fault == Fault.RepliesLeaveOneOut ? 1 : 0)
                .ToArray();
            var (items, next) = FakePaging.Cut(replies, request.PageSize, 100, request.PageToken);
            return Task.FromResult(new ListRepliesResponse
            {
                Replies = { items.Select(post => social.View(post, actor)) },
                NextPageToken = next,
                Freshness = FakeSocial.Fresh(),
            });
        }
    }

    private bool SetLike(string postId, Guid actor, bool liked, string requestId)
    {
        var key = (Find(postId, actor, "no such post").Id, actor);
        if (social.Likes.GetValueOrDefault(key) == liked)
        {
            return false;
        }

        social.Likes[key] = liked;
        social.Logs["posts"].Append("reactions", actor, $"{postId}:{actor}", requestId);
        return true;
    }

    private FakePost Find(string id, Guid actor, string reason) =>
        social.Posts.TryGetValue(Guid.Parse(id), out var post) && social.CanSee(actor, post)
            ? post
            : throw FakeErrors.Refuse(StatusCode.NotFound, reason);

    private string Token(Guid actor) => social.Logs["posts"].TokenOf(actor);
}
