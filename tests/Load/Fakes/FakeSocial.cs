using DaprSocial.Consistency.V1;
using DaprSocial.Load.Checking;
using DaprSocial.Posts.V1;
using DaprSocial.Users.V1;
using Grpc.Core;

namespace DaprSocial.Load.Tests.Fakes;

/// <summary>The state of all four services in memory; right but for one fault, if any.</summary>
internal sealed class FakeSocial(TimeProvider clock) : ICommandStoreReader
{
    private readonly Dictionary<string, object> _answers = [];
    private long _lastIdMs;
    private int _commandCount;

    public Lock Lock { get; } = new();

    public Fault Fault { get; set; }

    /// <summary>Every so many commands the answer gets lost after the commit; 0 means never.</summary>
    public int LoseAnswerOneIn { get; set; }

    public Dictionary<Guid, User> Users { get; } = [];

    public Dictionary<Guid, FakePost> Posts { get; } = [];

    public Dictionary<(Guid Follower, Guid Followee), (bool Following, Guid FollowId)> Follows { get; } = [];

    public Dictionary<(Guid Post, Guid User), bool> Likes { get; } = [];

    public Dictionary<string, FakeLog> Logs { get; } = new()
    {
        ["users"] = new FakeLog(clock),
        ["posts"] = new FakeLog(clock),
        ["graph"] = new FakeLog(clock),
    };

    public int EventCount => Logs.Values.Sum(log => log.Events.Count);

    /// <summary>Does what the services do 24 hours after a request.</summary>
    public void ForgetRequests() => _answers.Clear();

    public Guid NewId()
    {
        _lastIdMs = Math.Max(clock.GetUtcNow().ToUnixTimeMilliseconds(), _lastIdMs + 1);
        return Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(_lastIdMs));
    }

    /// <summary>Runs a command once for a request id.</summary>
    public TAnswer Once<TAnswer>(string requestId, Func<TAnswer> command)
        where TAnswer : class
    {
        lock (Lock)
        {
            if (!_answers.TryGetValue(requestId, out var answer) || Fault == Fault.RequestIdIsIgnored)
            {
                _answers[requestId] = answer = command();
                if (LoseAnswerOneIn > 0 && ++_commandCount % LoseAnswerOneIn == 0)
                {
                    throw new RpcException(new Status(StatusCode.Unavailable, "the connection broke"));
                }
            }

            return (TAnswer)answer;
        }
    }

    public bool IsFollowing(Guid follower, Guid followee) =>
        Follows.TryGetValue((follower, followee), out var follow) && follow.Following;

    public bool CanSee(Guid viewer, FakePost post) =>
        !post.Deleted && (!post.FollowersOnly || viewer == post.AuthorId || IsFollowing(viewer, post.AuthorId));

    public PostView View(FakePost post, Guid viewer)
    {
        var off = post == Posts.Values.First() ? 1 : 0;
        return new PostView
        {
            Post = post.Post,
            LikeCount = Likes.Count(like => like.Value && like.Key.Post == post.Id)
                + (Fault == Fault.LikeCountIsOff ? off : 0),
            ReplyCount = Posts.Values.Count(reply => !reply.Deleted && reply.ReplyTo == post.Id)
                + (Fault == Fault.ReplyCountIsOff ? off : 0),
            ViewerLiked = Likes.GetValueOrDefault((post.Id, viewer)) && Fault != Fault.ViewerLikeIsLost,
        };
    }

    public static Freshness Fresh() => new() { Satisfied = true, Source = Freshness.Types.Source.Store };

    public static Guid ActorOf(ServerCallContext context) =>
        Guid.Parse(context.RequestHeaders.GetValue("daprsocial-actor")
            ?? throw FakeErrors.Refuse(StatusCode.Unauthenticated, "no actor"));

    public Task<CommandStores> ReadAsync(CancellationToken cancellationToken)
    {
        lock (Lock)
        {
            return Task.FromResult(new CommandStores(
                [.. Users.Values.Select(user => new StoredUser(Guid.Parse(user.Id), user.Handle))],
                [.. Posts.Values.Where((_, place) => place != 3 || Fault != Fault.PostIsLost).Select(Store)],
                [.. Follows.Where(follow => follow.Value.Following)
                    .Select(follow => new StoredFollow(follow.Key.Follower, follow.Key.Followee))],
                [],
                [.. Likes.Where(like => like.Value).Select(like => new StoredReaction(like.Key.Post, like.Key.User))]));
        }
    }

    private static StoredPost Store(FakePost post) => new(
        post.Id,
        post.AuthorId,
        post.Deleted ? null : post.Post.Text,
        post.ReplyTo,
        post.ReplyTo is null ? null : Guid.Parse(post.Post.ParentAuthorId),
        post.FollowersOnly,
        post.Deleted);
}
