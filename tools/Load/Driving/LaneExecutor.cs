using DaprSocial.Load.Planning;

namespace DaprSocial.Load.Driving;

/// <summary>
/// Runs a stage in lanes. An actor's actions keep their order, because they share a lane; an action waits for those
/// that it depends on. Nothing can wait for ever: dependencies have smaller indexes, lanes go by index, so the smallest
/// unanswered action is always at the head of its lane with nothing left to wait for.
/// </summary>
internal sealed class LaneExecutor(int laneCount)
{
    /// <summary>Ends when all are answered; the first failure stops every lane and is thrown.</summary>
    public async Task RunAsync(
        IReadOnlyList<DemoAction> actions,
        Func<DemoAction, CancellationToken, Task> send,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answered = actions.ToDictionary(
            action => action.Index, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var lanes = actions.OrderBy(action => action.Index).GroupBy(action => action.Actor % laneCount);
        await Task.WhenAll(lanes.Select(lane => RunLaneAsync(lane, answered, send, stop)));
    }

    private static async Task RunLaneAsync(
        IEnumerable<DemoAction> lane,
        Dictionary<int, TaskCompletionSource> answered,
        Func<DemoAction, CancellationToken, Task> send,
        CancellationTokenSource stop)
    {
        try
        {
            foreach (var action in lane)
            {
                // What is not of this stage was answered in an earlier one.
                foreach (var dependency in action.DependsOn)
                {
                    if (answered.TryGetValue(dependency, out var other))
                    {
                        await other.Task.WaitAsync(stop.Token);
                    }
                }

                await send(action, stop.Token);
                answered[action.Index].SetResult();
            }
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }
}
