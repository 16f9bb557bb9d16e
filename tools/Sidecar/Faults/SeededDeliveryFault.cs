using System.Collections.Concurrent;
using System.Text;
using DaprSocial.Sidecar.PubSub;

namespace DaprSocial.Sidecar.Faults;

/// <summary>Disturbs deliveries by a policy, which can be changed while they run.</summary>
public sealed class SeededDeliveryFault(TimeProvider clock) : IDeliveryFault
{
    private readonly ConcurrentDictionary<(string App, string Topic, string Stream), TaskCompletionSource> _last =
        new();

    private volatile DeliveryFaultPolicy _policy = new();
    private long _number;

    /// <summary>What holds from now on; nothing is disturbed before one was set.</summary>
    public DeliveryFaultPolicy Policy
    {
        get => _policy;
        set => _policy = value;
    }

    /// <inheritdoc/>
    public ValueTask<DeliveryPlan> PlanAsync(Delivery delivery, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Plan(_policy, delivery, Interlocked.Increment(ref _number)));

    private DeliveryPlan Plan(DeliveryFaultPolicy policy, Delivery delivery, long number)
    {
        var key = (delivery.SubscriberAppId, delivery.Topic, delivery.PartitionKey ?? "");
        // Whatever the policy is now: what an earlier one withheld is no longer the last.
        if (_last.TryRemove(key, out var withheld))
            withheld.TrySetResult();
        if (Fraction(policy.Seed, "stream", delivery.Topic, key.Item3) < policy.LoseStreamShare)
            return DeliveryPlan.Drop;
        var luck = Fraction(policy.Seed, "delivery", delivery.SubscriberAppId, $"{number}");
        if (luck < policy.LoseShare)
            return DeliveryPlan.Drop;
        if (policy.LosesLast)
            return DeliveryPlan.HoldUntil(Withhold(key));
        if (policy.LateTopicsMs.TryGetValue(delivery.Topic, out var lateMs))
            return DeliveryPlan.HoldUntil(After(lateMs));
        luck -= policy.LoseShare;
        if (luck < policy.RepeatShare)
            return DeliveryPlan.Repeat(2);
        luck -= policy.RepeatShare;
        if (luck >= policy.DelayShare)
            return DeliveryPlan.Normal;
        // What is left of the number below the share is as random as the number was.
        return DeliveryPlan.HoldUntil(After((int)(luck / policy.DelayShare * policy.DelayMsMax)));
    }

    private Task Withhold((string App, string Topic, string Stream) key)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _last[key] = release;
        return release.Task;
    }

    private Task After(int delayMs) => Task.Delay(TimeSpan.FromMilliseconds(delayMs), clock);

    // FNV-1a and a last mix; not HashCode, which differs from run to run.
    private static double Fraction(long seed, params ReadOnlySpan<string> words)
    {
        var hash = 14695981039346656037UL ^ (ulong)seed;
        foreach (var word in words)
        {
            foreach (var part in Encoding.UTF8.GetBytes(word))
                hash = (hash ^ part) * 1099511628211UL;
            hash = (hash ^ 0xFF) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return ((hash ^ (hash >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
