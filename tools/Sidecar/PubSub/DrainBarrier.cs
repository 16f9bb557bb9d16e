namespace DaprSocial.Sidecar.PubSub;

/// <summary>Counts deliveries that are not settled, and tells who waits for them when there is none.</summary>
internal sealed class DrainBarrier
{
    private readonly Lock _gate = new();
    private long _unsettled;
    private TaskCompletionSource? _quiet;

    public void Enter()
    {
        lock (_gate)
            _unsettled++;
    }

    public void Leave()
    {
        TaskCompletionSource? quiet = null;
        lock (_gate)
        {
            if (--_unsettled == 0)
                (quiet, _quiet) = (_quiet, null);
        }

        quiet?.SetResult();
    }

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_unsettled == 0)
                return Task.CompletedTask;
            _quiet ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _quiet.Task.WaitAsync(cancellationToken);
        }
    }
}
