using System.Diagnostics;
using DaprSocial.Faults.Planning;
using DaprSocial.Faults.Processes;
using Npgsql;

namespace DaprSocial.Faults.Running;

/// <summary>Does to the mesh what a phase says, each fault at its time.</summary>
internal sealed class PhaseRunner(
    Fleet fleet, IFaultStores stores, FaultHistory history, PoisonSender poison, Func<Guid> someActor)
{
    private const int SkewMs = -10_000;
    private const int BackUpAttemptsMax = 5;

    // How long a platform takes to see that an instance does not answer.
    private static readonly TimeSpan _failOver = TimeSpan.FromSeconds(2);

    private readonly ClockProbe _clock = new(history);

    public async Task RunAsync(FaultPhase phase, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        await fleet.DisturbAsync(phase.Broker, cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task>();
        foreach (var fault in phase.Faults.Where(fault => fault.At < phase.Length))
        {
            await DelayUntilAsync(fault.At, watch, cancellationToken);
            running.Add(fault.Kind == FaultKind.Kill
                ? KillAsync(fault.Target, end.Token)
                : DoAsync(fault, cancellationToken));
        }

        await DelayUntilAsync(phase.Length, watch, cancellationToken);
        // Kills that still wait for their victim to take calls.
        await end.CancelAsync();
        await Task.WhenAll(running);
    }

    /// <summary>What is planned for the end itself, when nobody is killed any more and writers still write.</summary>
    public Task EndAsync(FaultPhase phase, CancellationToken cancellationToken) => Task.WhenAll(
        phase.Faults.Where(fault => fault.At == phase.Length).Select(fault => DoAsync(fault, cancellationToken)));

    private async Task KillAsync(string target, CancellationToken phaseEnds)
    {
        try
        {
            await fleet.KillAsync(target, phaseEnds);
        }
        catch (OperationCanceledException)
        {
            history.Say($"{target} did not take calls in time to be killed");
        }
    }

    private static Task DelayUntilAsync(TimeSpan at, Stopwatch watch, CancellationToken cancellationToken)
    {
        var left = at - watch.Elapsed;
        return left > TimeSpan.Zero ? Task.Delay(left, cancellationToken) : Task.CompletedTask;
    }

    private Task DoAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        switch (fault.Kind)
        {
            case FaultKind.Pause:
                return PauseAsync(fault, cancellationToken);
            case FaultKind.SkewClock:
                return SkewAsync(fault, cancellationToken);
            case FaultKind.HandOver:
                return HandOverAsync(fault.Target, cancellationToken);
            case FaultKind.Poison:
                return poison.SendAsync(fault.Target, cancellationToken);
            case FaultKind.BackUpPostgres:
                return BackUpAsync(fault.Target, cancellationToken);
            case FaultKind.CrashPostgres:
                return CrashAsync("PostgreSQL", "", stores.CrashPostgresAsync, cancellationToken);
            case FaultKind.KillRedis:
                return CrashAsync("Redis", ", empty", stores.KillRedisAsync, cancellationToken);
            case FaultKind.RestoreRedis:
                return CrashAsync("Redis", ", as the snapshot has it", stores.RestoreRedisAsync, cancellationToken);
            case FaultKind.SaveRedis:
                history.Fault("Redis writes a snapshot");
                return stores.SaveRedisAsync(cancellationToken);
            case FaultKind.EvictRedisKey:
                return EvictAsync(cancellationToken);
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, "No such kind.");
        }
    }

    private async Task HandOverAsync(string instance, CancellationToken cancellationToken)
    {
        // A platform sends no calls to who does not take them.
        if (!fleet[instance].IsReady)
            return;
        history.Fault($"calls and events go to {instance}");
        await fleet.MoveAsync(instance, cancellationToken);
    }

    private async Task EvictAsync(CancellationToken cancellationToken)
    {
        var key = await stores.EvictRedisKeyAsync(cancellationToken);
        history.Fault(key is null ? "Redis holds no key that could be lost" : $"Redis lost {key}");
    }

    private async Task BackUpAsync(string app, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var head = await new SchemaBackUp(stores.PostgresConnectionString).SaveAsync(app, cancellationToken);
                history.Fault($"a copy of the data of {app}, with a log of {head} events");
                return;
            }
            catch (NpgsqlException exception) when (exception.IsTransient && attempt < BackUpAttemptsMax)
            {
                // PostgreSQL was crashed just now.
                await Task.Delay(_failOver, cancellationToken);
            }
        }
    }

    private async Task PauseAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        await fleet.MoveAsync(fault.Target, cancellationToken);
        history.Fault($"pause {fault.Target} for {fault.Length.TotalSeconds:0} s");
        fleet[fault.Target].Pause();
        await Task.Delay(_failOver, cancellationToken);
        await fleet.MoveAsync(Instances.TwinOf(fault.Target)!, cancellationToken);
        await Task.Delay(fault.Length - _failOver, cancellationToken);
        history.Fault($"{fault.Target} goes on");
        fleet[fault.Target].Continue();
    }

    private async Task CrashAsync(
        string store, string how, Func<CancellationToken, Task> crashAsync, CancellationToken cancellationToken)
    {
        history.Fault($"{store} ends at once");
        await crashAsync(cancellationToken);
        history.Fault($"{store} is there again{how}");
    }

    private async Task SkewAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        history.Fault($"{fault.Target} starts with a clock {SkewMs} ms off");
        var instance = fleet[fault.Target];
        await fleet.SkewAsync(fault.Target, SkewMs, cancellationToken);
        await _clock.CheckAsync(fault.Target, instance.Port, someActor(), cancellationToken);
        // As a platform would that does not ask for health, for a while: commands wait, nothing breaks.
        await fleet.MoveAsync(fault.Target, cancellationToken);
        await Task.Delay(_failOver, cancellationToken);
        await fleet.MoveAsync(Instances.TwinOf(fault.Target)!, cancellationToken);
        await Task.Delay(fault.Length - _failOver, cancellationToken);
        await fleet.UnskewAsync(fault.Target, cancellationToken);
        history.Fault($"{fault.Target} has the right time again");
    }
}
