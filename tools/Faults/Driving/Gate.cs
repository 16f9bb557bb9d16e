namespace DaprSocial.Faults.Driving;

/// <summary>Lets work in, and can be shut: then it waits until all that is inside has come out.</summary>
internal sealed class Gate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _opened = Completed();
    private TaskCompletionSource _emptied = Completed();
    private int _inside;

    /// <summary>Whether somebody waits until all have come out: what takes long ends early then.</summary>
    public bool IsShut
    {
        get
        {
            lock (_lock)
                return !_opened.Task.IsCompleted;
        }
    }

    public async Task RunAsync(Func<Task> workAsync, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        try
        {
            await workAsync();
        }
        finally
        {
            lock (_lock)
            {
                if (--_inside == 0)
                    _emptied.TrySetResult();
            }
        }
    }

    public async Task ShutAsync(CancellationToken cancellationToken)
    {
        Task emptied;
        lock (_lock)
        {
            if (_opened.Task.IsCompleted)
                _opened = New();
            emptied = _emptied.Task;
        }

        await emptied.WaitAsync(cancellationToken);
    }

    public void Open()
    {
        lock (_lock)
            _opened.TrySetResult();
    }

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task opened;
            lock (_lock)
            {
                if (_opened.Task.IsCompleted)
                {
                    if (_inside++ == 0)
                        _emptied = New();
                    return;
                }

                opened = _opened.Task;
            }

            await opened.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Completed()
    {
        var source = New();
        source.SetResult();
        return source;
    }
}
