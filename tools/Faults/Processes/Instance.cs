using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DaprSocial.Faults.Planning;
using DaprSocial.Faults.Running;

namespace DaprSocial.Faults.Processes;

/// <summary>A process of the mesh through all its lives: whenever it ends, it starts again at once.</summary>
internal sealed class Instance(
    string name, int port, Func<ArmedCrash?, MeshProcess> start, Func<ArmedCrash?> nextCrash,
    Action<Instance> becameReady, Action<Instance> died, FaultHistory history) : IDisposable
{
    private const int KilledExitCode = 128 + 9;
    private static readonly TimeSpan _portPoll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _pauseAfterFailedStart = TimeSpan.FromMilliseconds(200);

    // A process that did nothing yet has nothing to lose.
    private static readonly TimeSpan _lifeMin = TimeSpan.FromMilliseconds(300);

    private readonly List<TimeSpan> _startTimes = [];
    private readonly SemaphoreSlim _killing = new(1);
    private volatile TaskCompletionSource _ready = NewSource();
    private volatile TaskCompletionSource _free = CompletedSource();
    private volatile MeshProcess? _process;
    private volatile ArmedCrash? _crash;
    private volatile bool _isEnding;
    private Task _life = Task.CompletedTask;

    public string Name => name;

    public int Port => port;

    public bool IsReady => _ready.Task.IsCompletedSuccessfully;

    /// <summary>Whether the present life ends at a crash point, if it comes there.</summary>
    public bool IsArmed => _crash is not null;

    /// <summary>From each start until the port answered.</summary>
    public IReadOnlyList<TimeSpan> StartTimes
    {
        get
        {
            lock (_startTimes)
                return [.. _startTimes];
        }
    }

    public void Start() => _life = LiveAsync();

    public Task WaitReadyAsync(CancellationToken cancellationToken) => _ready.Task.WaitAsync(cancellationToken);

    /// <summary>Kills it once it takes calls: only a process that works can be interrupted.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        await _killing.WaitAsync(cancellationToken);
        try
        {
            await WaitReadyAsync(cancellationToken);
            await Task.Delay(_lifeMin, cancellationToken);
            // It may have ended at a crash point in the meantime; the next life is as good.
            await WaitReadyAsync(cancellationToken);
            await EndLifeAsync(EndCause.Fault, cancellationToken);
        }
        finally
        {
            _killing.Release();
        }
    }

    /// <summary>Ends it and waits until its next life takes calls.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await EndLifeAsync(EndCause.Care, cancellationToken);
        await WaitReadyAsync(cancellationToken);
    }

    /// <summary>Ends it and lets it start only when <see cref="Release"/> is called.</summary>
    public Task HoldAsync(CancellationToken cancellationToken)
    {
        _free = NewSource();
        return EndLifeAsync(EndCause.Care, cancellationToken);
    }

    public void Release() => _free.TrySetResult();

    public void Pause() => _process?.Pause();

    public void Continue() => _process?.Continue();

    public Task EndAsync()
    {
        _isEnding = true;
        Release();
        _process?.Kill(EndCause.Care);
        return _life;
    }

    public void Dispose() => _killing.Dispose();

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource CompletedSource()
    {
        var source = NewSource();
        source.SetResult();
        return source;
    }

    private async Task EndLifeAsync(EndCause cause, CancellationToken cancellationToken)
    {
        if (_process is not { } process)
            return;
        process.Kill(cause);
        await process.Ended.WaitAsync(cancellationToken);
        while (ReferenceEquals(_process, process))
            await Task.Delay(_portPoll, cancellationToken);
    }

    private async Task LiveAsync()
    {
        while (!_isEnding)
        {
            await _free.Task;
            var watch = Stopwatch.StartNew();
            _crash = nextCrash();
            using var process = start(_crash);
            _process = process;
            // EndAsync may have come between the question above and the start.
            if (_isEnding)
                process.Kill(EndCause.Care);
            var ready = await WaitForPortAsync(process);
            if (ready)
            {
                lock (_startTimes)
                    _startTimes.Add(watch.Elapsed);
                _ready.TrySetResult();
                becameReady(this);
            }

            await process.Ended;
            // Who waits for a life that ended too early waits for the next. And in this order: who sees no process must
            // not see an old promise that it takes calls.
            if (ready)
                _ready = NewSource();
            _process = null;
            await MournAsync(process, ready);
        }
    }

    private async Task MournAsync(MeshProcess process, bool wasReady)
    {
        if (_isEnding || process.EndCause == EndCause.Care)
            return;
        if (process.EndCause == EndCause.Fault)
            history.Killed(name, crashPoint: null, wasReady);
        else if (process.ExitCode == KilledExitCode && _crash is { } crash)
            history.Killed(name, crash.Point, wasReady);
        else if (wasReady)
            history.Violated("no process ends by itself", $"{name} ended with {process.ExitCode}; see its log");
        else
        {
            // A service whose database is away cannot start; whoever supervises it tries again.
            history.Say($"{name} could not start ({process.ExitCode})");
            await Task.Delay(_pauseAfterFailedStart);
        }

        died(this);
    }

    private async Task<bool> WaitForPortAsync(MeshProcess process)
    {
        while (!process.Ended.IsCompleted)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return true;
            }
            catch (SocketException)
            {
                await Task.WhenAny(process.Ended, Task.Delay(_portPoll));
            }
        }

        return false;
    }
}
