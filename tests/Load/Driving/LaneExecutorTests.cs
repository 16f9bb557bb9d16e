using System.Collections.Concurrent;
using DaprSocial.Load.Driving;
using DaprSocial.Load.Generation;
using DaprSocial.Load.Planning;

namespace DaprSocial.Load.Tests.Driving;

public sealed class LaneExecutorTests
{
    private static readonly DemoPlan Plan = DemoPlanner.Plan(
        PowerLawGraph.Generate("x", 50), TextGenerator.Generate("x", 100), seed: 1, postCount: 500);

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    public async Task Run_AnyPlan_KeepsOrderPerActorAndAlongDependencies(int lanes)
    {
        var answered = new ConcurrentDictionary<int, bool>();
        var order = new ConcurrentQueue<DemoAction>();
        await new LaneExecutor(lanes).RunAsync(
            Plan.ActivityActions,
            async (action, cancellationToken) =>
            {
                Assert.All(
                    action.DependsOn.Where(dependency => dependency >= Plan.ActivityActions[0].Index),
                    dependency => Assert.True(answered.ContainsKey(dependency)));
                order.Enqueue(action);
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                answered[action.Index] = true;
            },
            CancellationToken.None);

        Assert.Equal(Plan.ActivityActions.Count, order.Count);
        foreach (var actor in order.GroupBy(action => action.Actor))
        {
            Assert.Equal(actor.Select(action => action.Index).Order(), actor.Select(action => action.Index));
        }
    }

    [Fact]
    public async Task Run_Lanes_BoundTheConcurrency()
    {
        var inFlight = 0;
        var most = 0;
        await new LaneExecutor(4).RunAsync(
            Plan.FollowActions,
            async (_, _) =>
            {
                var now = Interlocked.Increment(ref inFlight);
                InterlockedMax(ref most, now);
                await Task.Yield();
                Interlocked.Decrement(ref inFlight);
            },
            CancellationToken.None);

        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public async Task Run_OneFails_StopsTheOthersAndThrowsIt()
    {
        var failing = Plan.ActivityActions.First(action => action.Kind == ActionKind.CreatePost);

        await Assert.ThrowsAsync<DemoException>(() => new LaneExecutor(8).RunAsync(
            Plan.ActivityActions,
            (action, _) => action == failing ? throw new DemoException("refused") : Task.CompletedTask,
            CancellationToken.None));
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); seen < value; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}
