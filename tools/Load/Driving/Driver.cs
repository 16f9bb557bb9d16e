using System.Collections.Concurrent;
using DaprSocial.Load.Planning;

namespace DaprSocial.Load.Driving;

/// <summary>Sends a plan, stage by stage, and waits until the services have caught up with it.</summary>
internal sealed class Driver(
    DemoPlan plan,
    Mesh mesh,
    RequestLog log,
    TokenBook tokens,
    RunLedger ledger,
    DemoOptions options,
    IDemoProgress progress)
{
    private const int WatchedPostsMax = 200;

    private readonly TimeProvider _clock = options.Clock;
    private readonly LaneExecutor _lanes = new(options.Concurrency);
    private readonly CatchUpBarrier _barrier =
        new(mesh, tokens, options.Clock, options.Concurrency, CatchUpBarrier.DefaultLimit);
    private readonly VisibilityProbe _probe = new(mesh, tokens, ledger, options.Clock);
    private readonly ActionSender _sender = new(mesh, plan, log.Requests, ledger, tokens, options.Clock);
    private readonly int _watchOneIn =
        Math.Max(1, plan.ActivityActions.Count(action => action.Kind == ActionKind.CreatePost) / WatchedPostsMax);

    private readonly ConcurrentBag<Task> _watches = [];
    private int _postCount;

    /// <summary>The posts with pictures, in the order of these.</summary>
    public IReadOnlyList<string> Pictures { get; private set; } = [];

    /// <summary>Ends when everything is acknowledged and visible; answers what did not become visible.</summary>
    /// <exception cref="DemoException">An action was refused.</exception>
    public async Task<IReadOnlyList<Difference>> RunAsync(CancellationToken cancellationToken)
    {
        await SendAsync("users", plan.UserActions, cancellationToken);
        var users = ledger.UserIds();
        var late = new List<Difference>();

        // Who follows must be known where follows are checked, and follows where followers-only posts are.
        late.AddRange(await WaitAsync("users everywhere", [AppIds.Users, AppIds.Graph], users, cancellationToken));
        await SendAsync("follows", plan.FollowActions, cancellationToken);
        string[] readers = [AppIds.Posts, AppIds.Timelines];
        late.AddRange(await WaitAsync("follows everywhere", readers, users, cancellationToken));
        await SendAsync("activity", plan.ActivityActions, cancellationToken);

        if (options.MediaAddress is not null)
        {
            Pictures = await new PictureSender(mesh, plan, log, ledger, tokens)
                .SendAsync(options.Seed, progress, cancellationToken);
        }

        var start = _clock.GetTimestamp();
        await log.ObserveHeadsAsync(tokens, cancellationToken);
        // Others too: what an interrupted run or somebody by hand did just before shows in timelines as well.
        var everybody = tokens.Users().Union(users).ToArray();
        late.AddRange(await WaitAsync("catching up", AppIds.All, everybody, cancellationToken));
        ledger.CatchUpTime = _clock.GetElapsedTime(start);
        return late;
    }

    private async Task SendAsync(string stage, IReadOnlyList<DemoAction> actions, CancellationToken cancellationToken)
    {
        var start = _clock.GetTimestamp();
        var done = 0;
        await _lanes.RunAsync(
            actions,
            async (action, token) =>
            {
                var outcome = await _sender.SendAsync(action, token);
                Watch(action, outcome, cancellationToken);
                progress.Report(stage, Interlocked.Increment(ref done), actions.Count);
            },
            cancellationToken);
        ledger.SendTime += _clock.GetElapsedTime(start);
        await Task.WhenAll(_watches);
    }

    // Beside the lanes, so that watching does not slow down what is watched. Only what is new can be late, so posts of
    // an earlier run are not watched.
    private void Watch(DemoAction action, ActionOutcome outcome, CancellationToken cancellationToken)
    {
        if (action.Kind == ActionKind.CreatePost
            && !outcome.WasLogged
            && Interlocked.Increment(ref _postCount) % _watchOneIn == 0)
        {
            var reader = ledger.UserId((action.Actor + 1) % plan.Users.Count);
            _watches.Add(_probe.MeasureAsync(ledger.UserId(action.Actor), reader, cancellationToken));
        }
    }

    private Task<IReadOnlyList<Difference>> WaitAsync(
        string stage, IReadOnlyList<string> apps, IReadOnlyList<Guid> users, CancellationToken cancellationToken) =>
        _barrier.WaitAsync(stage, apps, users, progress, cancellationToken);
}
