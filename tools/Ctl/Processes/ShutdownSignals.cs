using System.Runtime.InteropServices;

namespace DaprSocial.Ctl.Processes;

/// <summary>
/// The first Ctrl-C (or SIGTERM, or a closed terminal) cancels <see cref="Token"/>, so that work ends in order; the
/// second one runs what <see cref="OnForce"/> was given and leaves at once.
/// </summary>
internal sealed class ShutdownSignals : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly List<Func<Task>> _forceActions = [];
    private int _count;
    private Task? _forcing;

    public ShutdownSignals()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            _registrations.Add(PosixSignalRegistration.Create(signal, Handle));
    }

    public CancellationToken Token => _cancel.Token;

    /// <summary>Registers what a second signal does before the process exits, the last registered first.</summary>
    public void OnForce(Func<Task> action)
    {
        lock (_forceActions)
            _forceActions.Insert(0, action);
    }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _cancel.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) == 1)
        {
            // On another thread: what awaits the token must not run inside the signal handler.
            ThreadPool.QueueUserWorkItem(static source => source.Cancel(), _cancel, preferLocal: false);
            return;
        }

        Console.Error.WriteLine("Stopping at once.");
        lock (_forceActions)
        {
            // The third time somebody does not want to wait even for that.
            if (_forcing is not null)
                Environment.Exit(ExitCodes.Interrupted);
            _forcing = ForceAsync([.. _forceActions]);
        }
    }

    private static async Task ForceAsync(Func<Task>[] actions)
    {
        try
        {
            foreach (var action in actions)
                await action();
        }
        finally
        {
            Environment.Exit(ExitCodes.Interrupted);
        }
    }
}
