using DaprSocial.Consistency;
using DaprSocial.Consistency.V1;
using DaprSocial.Errors;
using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Hosting;
using DaprSocial.Paging;
using DaprSocial.Posts.Commands;
using DaprSocial.Posts.Domain;
using DaprSocial.Posts.Queries;
using DaprSocial.Posts.Storage;
using DaprSocial.Posts.V1;
using DaprSocial.Projections;
using DaprSocial.Users.V1;
using Grpc.Core;

namespace DaprSocial.Posts.Api;

internal sealed class PostGrpcService(
    CreatePostHandler createPost, DeletePostHandler deletePost, LikePostHandler likePost, UnlikePostHandler unlikePost,
    EraseUserHandler eraseUser, BatchGetPostsHandler batchGetPosts, ListRepliesHandler listReplies,
    KnownMediaStore knownMedia, AttachmentViews attachments, FreshnessGate gate, ICaller caller)
    : PostService.PostServiceBase
{
    private const int PageSizeDefault = 50;
    private const int PageSizeMax = 100;

    public override async Task<CreatePostResponse> CreatePost(CreatePostRequest request, ServerCallContext context)
    {
        var actor = caller.RequireActor(context);
        var call = CommandCall.From(request, actor.ToString(), context);
        var command = request.ToCommand(actor);
        await WaitForMediaAsync(command, request.ConsistencyToken, context);
        return await createPost.HandleAsync(command, call, context.CancellationToken);
    }

    public override Task<DeletePostResponse> DeletePost(DeletePostRequest request, ServerCallContext context)
    {
        var actor = caller.RequireActor(context);
        var call = CommandCall.From(request, actor.ToString(), context);
        return deletePost.HandleAsync(new DeletePost(actor, IdOf(request.PostId)), call, context.CancellationToken);
    }

    public override Task<LikePostResponse> LikePost(LikePostRequest request, ServerCallContext context)
    {
        var actor = caller.RequireActor(context);
        var call = CommandCall.From(request, actor.ToString(), context);
        return likePost.HandleAsync(new LikePost(actor, IdOf(request.PostId)), call, context.CancellationToken);
    }

    public override Task<UnlikePostResponse> UnlikePost(UnlikePostRequest request, ServerCallContext context)
    {
        var actor = caller.RequireActor(context);
        var call = CommandCall.From(request, actor.ToString(), context);
        return unlikePost.HandleAsync(new UnlikePost(actor, IdOf(request.PostId)), call, context.CancellationToken);
    }

    public override async Task<GetPostResponse> GetPost(GetPostRequest request, ServerCallContext context)
    {
        var (id, viewer) = (IdOf(request.PostId), caller.FindActor(context));
        var read = await gate.WaitAsync(
            request.ConsistencyToken, request.MaxWait, viewer?.Value, Topics.Posts, context);
        var found = await batchGetPosts.HandleAsync(
            new BatchGetPosts([id], viewer, read.Token, read.Token, read.Own), context.CancellationToken);
        if (found.Undecided.Count > 0)
            throw Refusals.DependencyUnavailable("Graph, which knows who may see this post,");
        var view = found.Views.Count > 0 ? found.Views[0].ToProto() : throw PostErrors.NotFound(id);
        await attachments.AddAsync([view], context.CancellationToken);
        return new GetPostResponse
        {
            View = view,
            ConsistencyToken = read.Token.ToString(),
            Freshness = FreshnessOf(read, found),
        };
    }

    public override async Task<BatchGetPostsResponse> BatchGetPosts(
        BatchGetPostsRequest request, ServerCallContext context)
    {
        var (ids, viewer) = (RequestFields.Ids<V1.Post>(request.PostIds, "post_ids"), caller.FindActor(context));
        var read = await gate.WaitAsync(
            request.ConsistencyToken, request.MaxWait, viewer?.Value, Topics.Posts, context);
        // Graph is asked for at least what the caller knows of, also of topics that are not projected here.
        var token = ConsistencyToken.Parse(request.ConsistencyToken);
        var found = await batchGetPosts.HandleAsync(
            new BatchGetPosts(ids, viewer, token, read.Token, read.Own), context.CancellationToken);
        var answer = new BatchGetPostsResponse
        {
            Views = { found.Views.Select(view => view.ToProto()) },
            MissingIds = { found.Missing.Select(id => id.ToString()) },
            UndecidedIds = { found.Undecided.Select(id => id.ToString()) },
            ConsistencyToken = read.Token.ToString(),
            Freshness = FreshnessOf(read, found),
        };
        await attachments.AddAsync(answer.Views, context.CancellationToken);
        return answer;
    }

    public override async Task<ListRepliesResponse> ListReplies(ListRepliesRequest request, ServerCallContext context)
    {
        var (parent, viewer) = (IdOf(request.PostId), caller.FindActor(context));
        var page = PageRequest.Parse(
            request.PageSize, request.PageToken, PageSizeDefault, PageSizeMax, $"replies:{parent}");
        var read = await gate.WaitAsync(request.ConsistencyToken, request.MaxWait, viewer?.Value, context);
        var replies = await listReplies.HandleAsync(
            new ListReplies(parent, page, viewer, read.Token), context.CancellationToken);
        var answer = new ListRepliesResponse
        {
            Replies = { replies.Replies.Select(view => view.ToProto()) },
            NextPageToken = replies.NextPageToken,
            ConsistencyToken = read.Token.ToString(),
            Freshness = read.Freshness,
        };
        await attachments.AddAsync(answer.Replies, context.CancellationToken);
        return answer;
    }

    public override Task<V1.EraseUserResponse> EraseUser(V1.EraseUserRequest request, ServerCallContext context)
    {
        var user = RequestFields.Id<User>(request.UserId, "user_id");
        var call = CommandCall.From(request, $"erase:{user}", context);
        var command = new EraseUser(user, caller.FindActor(context) ?? user);
        return eraseUser.HandleAsync(command, call, context.CancellationToken);
    }

    /// <summary>A medium that is not known here yet may be finished already: the caller's token tells.</summary>
    private async Task WaitForMediaAsync(CreatePost command, string token, ServerCallContext context)
    {
        var ids = command.Media.Select(one => one.MediaId).ToList();
        if (ids.Count == 0 || token.Length == 0 || await knownMedia.AreKnownAsync(ids, context.CancellationToken))
            return;
        var read = await gate.WaitAsync(token, null, command.AuthorId.Value, context);
        if (!read.Freshness.Satisfied)
            throw Refusals.DependencyUnavailable("The projection of media");
    }

    private static PostId IdOf(string text) => RequestFields.Id<V1.Post>(text, "post_id");

    private static Freshness FreshnessOf(ReadState read, PostsFound found)
    {
        if (found.HasUnprojected)
            read.Freshness.Source = Freshness.Types.Source.Merged;
        else if (found.HasCached)
            read.Freshness.Source = Freshness.Types.Source.Cache;
        return read.Freshness;
    }
}
