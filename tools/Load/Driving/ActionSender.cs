using DaprSocial.Graph.V1;
using DaprSocial.Load.Planning;
using DaprSocial.Posts.V1;
using DaprSocial.Users.V1;
using Grpc.Core;

namespace DaprSocial.Load.Driving;

/// <summary>Sends one action of a plan and notes the answer.</summary>
internal sealed class ActionSender(
    Mesh mesh,
    DemoPlan plan,
    IReadOnlyDictionary<string, LoggedRequest> logged,
    RunLedger ledger,
    TokenBook tokens,
    TimeProvider clock)
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    // Half of the 24 hours for which services remember a request id: neither a skewed clock nor a long run comes near.
    private static readonly TimeSpan ResendAgeMax = TimeSpan.FromHours(12);

    /// <summary>Sends the action unless it was done long ago, and answers what is to be known of it.</summary>
    /// <exception cref="DemoException">It was refused.</exception>
    public async Task<ActionOutcome> SendAsync(DemoAction action, CancellationToken cancellationToken)
    {
        var before = logged.GetValueOrDefault(action.RequestId);
        ActionOutcome outcome;
        if (before is not null && clock.GetUtcNow() - before.OccurTime > ResendAgeMax)
        {
            outcome = new ActionOutcome(LoggedEntity(action, before), Changed: true, Sent: false, WasLogged: true);
        }
        else
        {
            var (entityId, changed, token) = await SendOrExplainAsync(action, cancellationToken);
            outcome = new ActionOutcome(entityId, changed, Sent: true, WasLogged: before is not null);
            tokens.Observe(action.Kind == ActionKind.CreateUser ? entityId : ledger.UserId(action.Actor), token);
        }

        ledger.Record(action, outcome);
        return outcome;
    }

    private static Guid LoggedEntity(DemoAction action, LoggedRequest logged) =>
        action.Kind is ActionKind.CreateUser or ActionKind.CreatePost ? Guid.Parse(logged.EntityId) : Guid.Empty;

    private async Task<(Guid EntityId, bool Changed, string Token)> SendOrExplainAsync(
        DemoAction action, CancellationToken cancellationToken)
    {
        try
        {
            return action.Kind switch
            {
                ActionKind.CreateUser => await CreateUserAsync(action, cancellationToken),
                ActionKind.Follow => await FollowAsync(action, cancellationToken),
                ActionKind.Unfollow => await UnfollowAsync(action, cancellationToken),
                ActionKind.CreatePost => await CreatePostAsync(action, cancellationToken),
                ActionKind.LikePost => await LikePostAsync(action, cancellationToken),
                ActionKind.UnlikePost => await UnlikePostAsync(action, cancellationToken),
                ActionKind.DeletePost => await DeletePostAsync(action, cancellationToken),
                _ => throw new ArgumentOutOfRangeException(nameof(action), action.Kind, "No such kind."),
            };
        }
        catch (RpcException exception)
        {
            var handle = plan.Users[action.Actor].Handle;
            throw new DemoException(
                $"{action.Kind} by {handle} (request id {action.RequestId}) failed: {Refusals.Describe(exception)}",
                exception);
        }
    }

    private async Task<(Guid EntityId, bool Changed, string Token)> CreateUserAsync(
        DemoAction action, CancellationToken cancellationToken)
    {
        var user = plan.Users[action.Actor];
        var request = new CreateUserRequest
        {
            Handle = user.Handle,
            DisplayName = user.DisplayName,
            RequestId = action.RequestId,
        };
        try
        {
            var answer = await mesh.CallAsync(
                AppIds.Users, null, CallTimeout, o => mesh.Users.CreateUserAsync(request, o), cancellationToken);
            return (Guid.Parse(answer.User.Id), true, answer.ConsistencyToken);
        }
        catch (RpcException exception) when (Refusals.ReasonOf(exception) == Refusals.HandleTaken)
        {
            // The user is there, but the service has forgotten by which request.
            var byHandle = new GetUserRequest { Handle = user.Handle };
            var answer = await mesh.CallAsync(
                AppIds.Users, null, CallTimeout, o => mesh.Users.GetUserAsync(byHandle, o), cancellationToken);
            return (Guid.Parse(answer.User.Id), false, answer.ConsistencyToken);
        }
    }

    private async Task<(Guid EntityId, bool Changed, string Token)> FollowAsync(
        DemoAction action, CancellationToken cancellationToken)
    {
        var request = new FollowRequest
        {
            FolloweeId = ledger.UserId(action.Target).ToString(),
            RequestId = action.RequestId,
        };
        var answer = await CallAsync(action, o => mesh.Graph.FollowAsync(request, o), cancellationToken);
        return (Guid.Empty, answer.Changed, answer.ConsistencyToken);
    }

    private async Task<(Guid EntityId, bool Changed, string Token)> UnfollowAsync(
        DemoAction action, CancellationToken cancellationToken)
    {
        var request = new UnfollowRequest
        {
            FolloweeId = ledger.UserId(action.Target).ToString(),
            RequestId = action.RequestId,
        };
        var answer = await CallAsync(action, o => mesh.Graph.UnfollowAsync(request, o), cancellationToken);
        return (Guid.Empty, answer.Changed, answer.ConsistencyToken);
    }

    private async Task<(Guid EntityId, bool Changed, string Token)> CreatePostAsync(
        DemoAction action, CancellationToken cancellationToken)
    {
        var draft = action.Draft!;
        var request = new CreatePostRequest
        {
            Text = draft.Text.Text,
            Language = draft.Text.Language,
            ReplyTo = draft.ParentAction is { } parent ? ledger.PostId(parent).ToString() : "",
            Visibility = draft.FollowersOnly ? Visibility.Followers : Visibility.Public,
            RequestId = action.RequestId,
            ConsistencyToken = TokenFor(action),
        };
        var answer = await CallAsync(action, o => mesh.Posts.CreatePostAsync(request, o), cancellationToken);
        return (Guid.Parse(answer.Post.Id), true, answer.ConsistencyToken);
    }

    private async Task<(Guid EntityId, bool Changed, string Token)> LikePostAsync(
        DemoAction action, CancellationToken cancellationToken)
    {
        var request = new LikePostRequest
        {
            PostId = ledger.PostId(action.Target).ToString(),
            RequestId = action.RequestId,
            ConsistencyToken = TokenFor(action),
        };
        var answer = await CallAsync(action, o => mesh.Posts.LikePostAsync(request, o), cancellationToken);
        return (Guid.Empty, answer.Changed, answer.ConsistencyToken);
    }

    private async Task<(Guid EntityId, bool Changed, string Token)> UnlikePostAsync(
        DemoAction action, CancellationToken cancellationToken)
    {
        var request = new UnlikePostRequest
        {
            PostId = ledger.PostId(action.Target).ToString(),
            RequestId = action.RequestId,
            ConsistencyToken = TokenFor(action),
        };
        var answer = await CallAsync(action, o => mesh.Posts.UnlikePostAsync(request, o), cancellationToken);
        return (Guid.Empty, answer.Changed, answer.ConsistencyToken);
    }

    private async Task<(Guid EntityId, bool Changed, string Token)> DeletePostAsync(
        DemoAction action, CancellationToken cancellationToken)
    {
        var request = new DeletePostRequest
        {
            PostId = ledger.PostId(action.Target).ToString(),
            RequestId = action.RequestId,
        };
        var answer = await CallAsync(action, o => mesh.Posts.DeletePostAsync(request, o), cancellationToken);
        return (Guid.Empty, answer.Changed, answer.ConsistencyToken);
    }

    // Who may see a followers-only post depends on follows that the actor made just before.
    private string TokenFor(DemoAction action) =>
        action.TouchesFollowersOnly ? tokens.TokenOf(ledger.UserId(action.Actor)) : "";

    private Task<TResponse> CallAsync<TResponse>(
        DemoAction action, Func<CallOptions, AsyncUnaryCall<TResponse>> send, CancellationToken cancellationToken)
    {
        var app = action.Kind is ActionKind.Follow or ActionKind.Unfollow ? AppIds.Graph : AppIds.Posts;
        return mesh.CallAsync(app, ledger.UserId(action.Actor), CallTimeout, send, cancellationToken);
    }
}
