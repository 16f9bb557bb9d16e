using DaprSocial.Faults.Checking;
using DaprSocial.Faults.Driving;
using DaprSocial.Faults.Planning;
using DaprSocial.Faults.Processes;
using DaprSocial.Faults.Running;
using DaprSocial.Load;
using DaprSocial.Load.Driving;
using Grpc.Core;

namespace DaprSocial.Faults;

/// <summary>
/// Runs a mesh of real processes, lets users write and read, breaks things by a schedule, and holds every answer to
/// what was promised.
/// </summary>
public sealed class FaultRunner : IAsyncDisposable
{
    // Until the commands that a dying mesh left open are answered, once everything runs again.
    private static readonly TimeSpan _calmMax = TimeSpan.FromSeconds(90);

    private readonly FaultOptions _options;
    private readonly IFaultStores _stores;
    private readonly FaultHistory _history;
    private readonly FaultPorts _ports;
    private readonly Fleet _fleet;

    private FaultRunner(FaultOptions options, IFaultStores stores, Action<string> say)
    {
        _options = options;
        _stores = stores;
        _history = new FaultHistory(say);
        _ports = new FaultPorts(options.PortBase);
        _fleet = new Fleet(options, stores, _ports, _history);
    }

    /// <summary>What a run will do; the same seed, duration and kinds give the same schedule.</summary>
    /// <param name="only">Phases of these kinds; empty for all.</param>
    public static FaultSchedule Plan(long seed, TimeSpan duration, IReadOnlyList<PhaseKind> only) =>
        FaultScheduler.Plan(seed, duration, only);

    /// <summary>Runs it to the end, whatever breaks; all processes are gone when it completes.</summary>
    /// <param name="say">Takes a line for each thing that happens; from many threads.</param>
    public static async Task<FaultReport> RunAsync(
        FaultOptions options, IFaultStores stores, Action<string> say, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.LogsDirectory);
        await using var runner = new FaultRunner(options, stores, say);
        await runner._fleet.StartAsync(cancellationToken);
        runner._history.Say("all processes run");
        return await runner.RunAsync(cancellationToken);
    }

    /// <summary>Ends all processes.</summary>
    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    private async Task<FaultReport> RunAsync(CancellationToken cancellationToken)
    {
        using var mesh = new Mesh(_ports.EdgeAddress, TimeProvider.System);
        using var load = new FaultLoad(_options, mesh, _history);
        var check = new QuietCheck(_options, _stores, _ports.EdgeAddress, load, _history);
        try
        {
            await load.PrepareAsync(cancellationToken);
            load.Begin();
            _history.Say($"{load.Plan.Users.Count} users act");
            var poison = new PoisonSender(mesh, _ports, _history);
            var phases = new PhaseRunner(_fleet, _stores, _history, poison, () => load.Ledger.UserId(0));
            foreach (var phase in _options.Schedule.Phases)
            {
                _history.Phase = phase.Number;
                _history.Say($"phase {phase.Number} of {_options.Schedule.Phases.Count}: {phase.Kind}");
                await (phase.Kind == PhaseKind.RestoredLog
                    ? RunRestoreAsync(phase, load, check, cancellationToken)
                    : RunPhaseAsync(phase, phases, load, check, cancellationToken));
            }
        }
        catch (Exception exception) when (exception is DemoException or RpcException or TimeoutException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The load broke on something that should not have been refused, or the mesh did not come back.
            _history.Violated("what is right is answered in the end", exception.Message);
        }
        finally
        {
            await load.EndAsync();
        }

        return Report(load, check);
    }

    private async Task RunPhaseAsync(
        FaultPhase phase, PhaseRunner phases, FaultLoad load, QuietCheck check, CancellationToken cancellationToken)
    {
        load.Resume();
        await phases.RunAsync(phase, cancellationToken);
        await load.ThrowIfBrokenAsync();
        // The broker's faults last until the writers stop, so that the last events of streams meet them too.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_calmMax);
        try
        {
            await _fleet.DisarmAsync(limit.Token);
            await phases.EndAsync(phase, limit.Token);
            await load.PauseAsync(limit.Token);
            await _fleet.CalmAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"the mesh is not quiet {_calmMax.TotalSeconds} s after the faults ended");
        }

        await check.RunAsync(cancellationToken);
    }

    private async Task RunRestoreAsync(
        FaultPhase phase, FaultLoad load, QuietCheck check, CancellationToken cancellationToken)
    {
        var restored = new RestoredLog(_fleet, _stores, load, _ports, _history);
        foreach (var fault in phase.Faults)
            await restored.RunAsync(fault.Target, cancellationToken);
        await check.RunAfterLossAsync(cancellationToken);
    }

    private FaultReport Report(FaultLoad load, QuietCheck check)
    {
        var starts = _fleet.ServiceStartTimes.Order().Select(time => (int)time.TotalMilliseconds).ToList();
        return new FaultReport
        {
            Seed = _options.Schedule.Seed,
            Elapsed = _history.Elapsed,
            KillCount = _history.KillCount,
            CrashPoints = _history.Crashes,
            StartCount = starts.Count,
            StartMedianMs = starts.Count == 0 ? 0 : starts[starts.Count / 2],
            StartMaxMs = starts.Count == 0 ? 0 : starts[^1],
            CommandCount = load.CommandCount,
            RetryCount = load.RetryCount,
            ReadCount = load.Tally.Reads,
            BehindCount = load.Tally.Behind,
            UnansweredCount = load.Tally.Unanswered,
            CatchUpMs = check.CatchUpMs,
            PagesChecked = check.PagesChecked,
            Violations = _history.Violations,
        };
    }
}
