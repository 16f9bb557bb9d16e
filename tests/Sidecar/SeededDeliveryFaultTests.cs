using DaprSocial.Sidecar.Faults;
using DaprSocial.Sidecar.PubSub;
using Xunit;

namespace DaprSocial.Sidecar.Tests;

public sealed class SeededDeliveryFaultTests
{
    private const int Many = 4000;

    private readonly SeededDeliveryFault _fault = new(TimeProvider.System);

    [Fact]
    public async Task PlanAsync_NoPolicy_DisturbsNothing() =>
        Assert.All(await PlanManyAsync(new()), plan => Assert.Equal(DeliveryPlan.Normal, plan));

    [Fact]
    public async Task PlanAsync_Shares_AreKept()
    {
        var plans = await PlanManyAsync(new() { Seed = 5, LoseShare = 0.10, RepeatShare = 0.20, DelayShare = 0.20 });

        Assert.InRange(plans.Count(plan => plan == DeliveryPlan.Drop), Many * 0.08, Many * 0.12);
        Assert.InRange(plans.Count(plan => plan.Copies == 2), Many * 0.17, Many * 0.23);
        Assert.InRange(plans.Count(plan => plan.Release is not null), Many * 0.17, Many * 0.23);
    }

    [Fact]
    public async Task PlanAsync_SameSeed_DecidesTheSame()
    {
        var policy = new DeliveryFaultPolicy { Seed = 5, LoseShare = 0.3, RepeatShare = 0.3 };
        var other = new SeededDeliveryFault(TimeProvider.System) { Policy = policy };

        var plans = await PlanManyAsync(policy);

        for (var number = 0; number < Many; number++)
            Assert.Equal(plans[number], await other.PlanAsync(To("posts", $"{number}"), CancellationToken.None));
    }

    [Fact]
    public async Task PlanAsync_LostStreams_LoseEveryMessageAndOthersNone()
    {
        _fault.Policy = new() { Seed = 5, LoseStreamShare = 0.25 };
        var lost = 0;
        for (var stream = 0; stream < 400; stream++)
        {
            var plans = new HashSet<DeliveryPlan>();
            for (var message = 0; message < 5; message++)
                plans.Add(await _fault.PlanAsync(To("posts", $"{stream}"), CancellationToken.None));

            Assert.Single(plans);
            lost += plans.Contains(DeliveryPlan.Drop) ? 1 : 0;
        }

        Assert.InRange(lost, 60, 140);
    }

    [Fact]
    public async Task PlanAsync_LastIsLost_HoldsEachUntilTheNextOfItsStream()
    {
        _fault.Policy = new() { LosesLast = true };
        var first = await _fault.PlanAsync(To("posts", "a"), CancellationToken.None);
        var other = await _fault.PlanAsync(To("posts", "b"), CancellationToken.None);

        var next = await _fault.PlanAsync(To("posts", "a"), CancellationToken.None);

        Assert.True(first.Release!.IsCompleted);
        Assert.False(other.Release!.IsCompleted);
        Assert.False(next.Release!.IsCompleted);
    }

    [Fact]
    public async Task PlanAsync_OneTopicLate_HoldsThatTopicOnly()
    {
        _fault.Policy = new() { LateTopicsMs = new Dictionary<string, int> { ["graph"] = 600_000 } };

        var late = await _fault.PlanAsync(To("graph", "a"), CancellationToken.None);
        var punctual = await _fault.PlanAsync(To("posts", "a"), CancellationToken.None);

        Assert.False(late.Release!.IsCompleted);
        Assert.Equal(DeliveryPlan.Normal, punctual);
    }

    private async Task<List<DeliveryPlan>> PlanManyAsync(DeliveryFaultPolicy policy)
    {
        _fault.Policy = policy;
        var plans = new List<DeliveryPlan>(Many);
        for (var number = 0; number < Many; number++)
            plans.Add(await _fault.PlanAsync(To("posts", $"{number}"), CancellationToken.None));
        return plans;
    }

    private static Delivery To(string topic, string stream) =>
        new("pubsub", topic, stream, ReadOnlyMemory<byte>.Empty, "timelines");
}
