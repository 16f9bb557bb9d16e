using System.Collections.Concurrent;
using System.Globalization;
using DaprSocial.Graph.V1;
using DaprSocial.Load;
using DaprSocial.Load.Driving;
using DaprSocial.Load.Planning;
using DaprSocial.Posts.V1;
using DaprSocial.Users.V1;
using Grpc.Core;

namespace DaprSocial.Faults.Driving;

/// <summary>Commands outside the plan, each once, each remembered with what was acknowledged.</summary>
internal sealed class ScenarioClient(Mesh mesh, Commander commander, TokenBook tokens, string graphKey)
{
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, Acknowledgement> _acknowledged = new();
    private int _number;

    /// <summary>By request id.</summary>
    public IReadOnlyDictionary<string, Acknowledgement> Acknowledged => _acknowledged;

    public async Task<Guid> CreateUserAsync(string handle, CancellationToken cancellationToken)
    {
        var request = new CreateUserRequest { Handle = handle, DisplayName = handle, RequestId = NextId() };
        var answer = await SendAsync(
            request.RequestId, AppIds.Users, null, o => mesh.Users.CreateUserAsync(request, o), cancellationToken);
        var id = Guid.Parse(answer.User.Id);
        _acknowledged[request.RequestId] = new Acknowledgement(answer.User.Id, HasChanged: true);
        tokens.Observe(id, answer.ConsistencyToken);
        return id;
    }

    public async Task<string> RenameAsync(Guid user, string name, CancellationToken cancellationToken)
    {
        var request = new UpdateProfileRequest { DisplayName = name, RequestId = NextId() };
        var answer = await SendAsync(
            request.RequestId, AppIds.Users, user, o => mesh.Users.UpdateProfileAsync(request, o), cancellationToken);
        return Keep(request.RequestId, new(answer.User.Id, HasChanged: true), user, answer.ConsistencyToken);
    }

    /// <param name="changes">Whether it is certain that this one did not follow before.</param>
    public async Task<string> FollowAsync(
        Guid follower, Guid followee, CancellationToken cancellationToken, bool changes = true)
    {
        var request = new FollowRequest { FolloweeId = $"{followee}", RequestId = NextId() };
        var answer = await SendAsync(
            request.RequestId, AppIds.Graph, follower, o => mesh.Graph.FollowAsync(request, o), cancellationToken);
        return Keep(request.RequestId, new("", changes), follower, answer.ConsistencyToken);
    }

    /// <param name="changes">Whether it is certain that this one followed before.</param>
    public async Task<string> UnfollowAsync(
        Guid follower, Guid followee, CancellationToken cancellationToken, bool changes = true)
    {
        var request = new UnfollowRequest { FolloweeId = $"{followee}", RequestId = NextId() };
        var answer = await SendAsync(
            request.RequestId, AppIds.Graph, follower, o => mesh.Graph.UnfollowAsync(request, o), cancellationToken);
        return Keep(request.RequestId, new("", changes), follower, answer.ConsistencyToken);
    }

    /// <summary>Follows, unless one of the two blocks the other.</summary>
    public async Task TryFollowAsync(Guid follower, Guid followee, CancellationToken cancellationToken)
    {
        try
        {
            await FollowAsync(follower, followee, cancellationToken, changes: false);
        }
        catch (DemoException exception) when (
            exception.InnerException is RpcException refusal && Refusals.ReasonOf(refusal) == Refusals.Blocked)
        {
            // The block came first.
        }
    }

    public async Task<string> BlockAsync(Guid blocker, Guid blocked, CancellationToken cancellationToken)
    {
        var request = new BlockRequest { UserId = $"{blocked}", RequestId = NextId() };
        var answer = await SendAsync(
            request.RequestId, AppIds.Graph, blocker, o => mesh.Graph.BlockAsync(request, o), cancellationToken);
        return Keep(request.RequestId, new("", HasChanged: true), blocker, answer.ConsistencyToken);
    }

    public async Task<string> UnblockAsync(Guid blocker, Guid blocked, CancellationToken cancellationToken)
    {
        var request = new UnblockRequest { UserId = $"{blocked}", RequestId = NextId() };
        var answer = await SendAsync(
            request.RequestId, AppIds.Graph, blocker, o => mesh.Graph.UnblockAsync(request, o), cancellationToken);
        return Keep(request.RequestId, new("", HasChanged: true), blocker, answer.ConsistencyToken);
    }

    public Task<(string Id, string Token)> PostAsync(Guid author, string text, CancellationToken cancellationToken) =>
        PostAsync(author, text, Visibility.Public, "", cancellationToken);

    public Task<(string Id, string Token)> PostToFollowersAsync(
        Guid author, string text, string after, CancellationToken cancellationToken) =>
        PostAsync(author, text, Visibility.Followers, after, cancellationToken);

    private async Task<(string Id, string Token)> PostAsync(
        Guid author, string text, Visibility visibility, string after, CancellationToken cancellationToken)
    {
        var request = new CreatePostRequest
        {
            Text = text, Visibility = visibility, RequestId = NextId(), ConsistencyToken = after,
        };
        var answer = await SendAsync(
            request.RequestId, AppIds.Posts, author, o => mesh.Posts.CreatePostAsync(request, o), cancellationToken);
        Keep(request.RequestId, new(answer.Post.Id, HasChanged: true), author, answer.ConsistencyToken);
        return (answer.Post.Id, answer.ConsistencyToken);
    }

    private string NextId() => string.Create(
        CultureInfo.InvariantCulture,
        $"{RequestIds.PrefixOf(graphKey)}scenario.{Interlocked.Increment(ref _number)}");

    private string Keep(string requestId, Acknowledgement acknowledgement, Guid actor, string token)
    {
        _acknowledged[requestId] = acknowledgement;
        tokens.Observe(actor, token);
        return token;
    }

    private Task<T> SendAsync<T>(
        string requestId, string app, Guid? actor, Func<CallOptions, AsyncUnaryCall<T>> send,
        CancellationToken cancellationToken) => commander.SendAsync(
            $"request {requestId} of {actor}",
            token => mesh.CallAsync(app, actor, _timeout, send, token), cancellationToken);
}
