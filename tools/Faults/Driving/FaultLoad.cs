using System.Collections.Concurrent;
using System.Globalization;
using DaprSocial.Faults.Running;
using DaprSocial.Load;
using DaprSocial.Load.Driving;
using DaprSocial.Load.Generation;
using DaprSocial.Load.Planning;
using DaprSocial.Timelines.V1;

namespace DaprSocial.Faults.Driving;

/// <summary>
/// Users who go on writing and reading through all faults: a plan of commands in lanes, scenarios beside it, and after
/// commands reads that must show them.
/// </summary>
internal sealed class FaultLoad : IDisposable
{
    // A lane for nearly everybody: who waits for a service that starts again holds up few others.
    private const int LaneCount = 60;
    private const double ActionsPerPost = 4;
    private const double ReadChance = 0.4;
    private const int StrangerCount = 3;
    private const int RemovedCount = 4;
    private const int BlockedCount = 4;
    private const int CatchUpConcurrency = 16;
    private static readonly TimeSpan _pauseAfterRead = TimeSpan.FromMilliseconds(150);

    private readonly FaultOptions _options;
    private readonly Commander _commander;
    private readonly ActionSender _sender;
    private readonly Gate _gate = new();
    private readonly Pace _pace;
    private readonly AuthorRecords _records = new();
    private readonly OwnReads _ownReads;
    private readonly TokenReader _reader;
    private readonly RemovedFollower[] _removed;
    private readonly ProfileChanges _profile;
    private readonly Quarrel _quarrel;
    private readonly BlockedReader[] _blocked;
    private readonly LaneExecutor _lanes = new(LaneCount);
    private readonly ConcurrentDictionary<int, bool> _answered = new();
    private readonly CancellationTokenSource _end = new();
    private IReadOnlyList<Task> _running = [];

    public FaultLoad(FaultOptions options, Mesh mesh, FaultHistory history)
    {
        _options = options;
        var seed = options.Schedule.Seed.ToString(CultureInfo.InvariantCulture);
        var graph = PowerLawGraph.Generate(seed, options.UserCount);
        var posts = Math.Max(20, (int)(options.Schedule.Duration.TotalSeconds * options.CommandRate / ActionsPerPost));
        Plan = DemoPlanner.Plan(graph, TextGenerator.Generate(seed, posts), options.Schedule.Seed, posts);
        Mesh = mesh;
        Ledger = new RunLedger(Plan);
        Log = new RequestLog(mesh, RequestIds.PrefixOf(Plan.Graph.Key));
        _commander = new Commander(history);
        _pace = new Pace(options.CommandRate, TimeProvider.System);
        _sender = new ActionSender(mesh, Plan, Log.Requests, Ledger, Tokens, TimeProvider.System);
        _reader = new TokenReader(mesh, Tally, history);
        _ownReads = new OwnReads(_reader, Tokens, Ledger, _records);
        Scenarios = new ScenarioClient(mesh, _commander, Tokens, Plan.Graph.Key);
        _removed = [.. Enumerable.Range(0, RemovedCount).Select(
            number => new RemovedFollower(Scenarios, _reader, history, _gate, $"x{seed}_{number}"))];
        _quarrel = new Quarrel(Scenarios, _reader, $"x{seed}");
        _blocked = [.. Enumerable.Range(0, BlockedCount).Select(
            number => new BlockedReader(Scenarios, _reader, $"x{seed}_{number}"))];
        _profile = new ProfileChanges(Scenarios, _reader, $"x{seed}");
    }

    public DemoPlan Plan { get; }

    public Mesh Mesh { get; }

    public RunLedger Ledger { get; }

    public RequestLog Log { get; }

    public TokenBook Tokens { get; } = new();

    public ReadTally Tally { get; } = new();

    public ScenarioClient Scenarios { get; }

    public int CommandCount => _commander.CommandCount;

    public long RetryCount => _commander.RetryCount;

    /// <summary>The part of the plan that was acknowledged.</summary>
    public DemoPlan AnsweredPlan => Plan with
    {
        ActivityActions = [.. Plan.ActivityActions.Where(action => _answered.ContainsKey(action.Index))],
    };

    /// <summary>Makes users and follows, known everywhere, while nothing disturbs.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await _lanes.RunAsync(Plan.UserActions, SendAsync, cancellationToken);
        foreach (var one in _removed)
            await one.BeginAsync(cancellationToken);
        await _profile.BeginAsync(cancellationToken);
        await _quarrel.BeginAsync(cancellationToken);
        foreach (var one in _blocked)
            await one.BeginAsync(cancellationToken);
        await CatchUpAsync([AppIds.Users, AppIds.Graph], Tokens, cancellationToken);
        await _lanes.RunAsync(Plan.FollowActions, SendAsync, cancellationToken);
        await CatchUpAsync([AppIds.Posts, AppIds.Timelines], Tokens, cancellationToken);
    }

    /// <summary>Waits until services have applied all that the tokens name.</summary>
    /// <returns>What they have not.</returns>
    public Task<IReadOnlyList<Difference>> CatchUpAsync(
        IReadOnlyList<string> apps, TokenBook tokens, CancellationToken cancellationToken) =>
        new CatchUpBarrier(Mesh, tokens, TimeProvider.System, CatchUpConcurrency, _options.CatchUpMax)
            .WaitAsync("catching up", apps, tokens.Users(), SilentProgress.Instance, cancellationToken);

    /// <summary>Begins to act; <see cref="PauseAsync"/> and <see cref="EndAsync"/> stop it.</summary>
    public void Begin() => _running =
    [
        _lanes.RunAsync(Plan.ActivityActions, ActAsync, _end.Token),
        .. _removed.Select(one => RepeatAsync(one.RunRoundAsync)),
        RepeatAsync(_profile.RunRoundAsync),
        RepeatAsync(_quarrel.RunRoundAsync),
        .. _blocked.Select(one => RepeatAsync(one.RunRoundAsync)),
        .. Enumerable.Range(0, StrangerCount)
            .Select(number => RepeatAsync(token => ReadAsStrangerAsync(number, token))),
    ];

    public void Resume() => _gate.Open();

    /// <summary>Completes when all that was sent is answered, or when the load broke.</summary>
    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        var paused = _gate.ShutAsync(cancellationToken);
        // A part that ends has failed: none of them comes to an end while a run lasts.
        await await Task.WhenAny([paused, .. _running]);
        await paused;
    }

    /// <summary>Throws what broke a part of the load, if something has.</summary>
    public async Task ThrowIfBrokenAsync()
    {
        foreach (var part in _running.Where(part => part.IsFaulted || part.IsCanceled))
            await part;
    }

    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _end.Dispose();

    private Task RepeatAsync(Func<CancellationToken, Task> roundAsync) => Task.Run(
        async () =>
        {
            while (true)
                await _gate.RunAsync(() => roundAsync(_end.Token), _end.Token);
        },
        _end.Token);

    private Task ActAsync(DemoAction action, CancellationToken cancellationToken) => _gate.RunAsync(
        async () =>
        {
            await _pace.WaitAsync(cancellationToken);
            if (action.Kind == ActionKind.DeletePost)
                _records.DeleteBegun(Ledger.UserId(action.Actor), Ledger.PostId(action.Target));
            await SendAsync(action, cancellationToken);
            _answered[action.Index] = true;
            Record(action);
            if (new SeededRandom("read", action.RequestId).Chance(ReadChance))
                await _ownReads.CheckAsync(action, cancellationToken);
        },
        cancellationToken);

    private Task SendAsync(DemoAction action, CancellationToken cancellationToken) => _commander.SendAsync(
        $"{action.Kind} (request {action.RequestId})", token => _sender.SendAsync(action, token), cancellationToken);

    private void Record(DemoAction action)
    {
        var actor = Ledger.UserId(action.Actor);
        if (action.Kind == ActionKind.CreatePost)
            _records.Created(actor, Ledger.PostId(action.Index), action.Draft!.FollowersOnly);
        else if (action.Kind == ActionKind.DeletePost)
            _records.Deleted(actor, Ledger.PostId(action.Target));
    }

    private async Task ReadAsStrangerAsync(int number, CancellationToken cancellationToken)
    {
        var random = new SeededRandom("stranger", $"{number}", $"{Tally.Reads}");
        var author = Ledger.UserId(random.Below(Plan.Users.Count));
        var viewer = Ledger.UserId(random.Below(Plan.Users.Count));
        var view = random.Chance(0.3) ? View.Full : View.Ids;
        await _ownReads.CheckAuthorAsync("a stranger's read", author, viewer, view, cancellationToken);
        await Task.Delay(_pauseAfterRead, cancellationToken);
    }
}
