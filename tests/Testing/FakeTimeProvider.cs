namespace DaprSocial.Testing;

/// <summary>A clock that stands still until a test moves it, with the timers that hang on it.</summary>
/// <remarks>
/// Has the shape of <c>Microsoft.Extensions.Time.Testing.FakeTimeProvider</c>. Task.Delay, PeriodicTimer and
/// CancellationTokenSource honour it. Each timer fires with the clock at the moment that the timer is due.
/// </remarks>
public sealed class FakeTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _timers = [];
    private readonly List<(TimeSpan DueIn, TaskCompletionSource Seen)> _watchers = [];
    private readonly DateTimeOffset _start;
    private DateTimeOffset _now;

    /// <summary>Starts at midnight of 2000-01-01.</summary>
    public FakeTimeProvider()
        : this(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Starts at a time.</summary>
    public FakeTimeProvider(DateTimeOffset startDateTime) => _start = _now = startDateTime;

    /// <summary>A clock that stands at what time it really is, for calls whose deadlines others watch by real clocks.</summary>
    public static FakeTimeProvider AtRealTime() =>
        // To the millisecond, which every store holds exactly.
        new(DateTimeOffset.FromUnixTimeMilliseconds(System.GetUtcNow().ToUnixTimeMilliseconds()));

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    /// <inheritdoc />
    public override long GetTimestamp() => (GetUtcNow() - _start).Ticks;

    /// <summary>Moves the clock on; timers that become due fire in order, before this returns.</summary>
    public void Advance(TimeSpan delta)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delta, TimeSpan.Zero);
        SetUtcNow(GetUtcNow() + delta);
    }

    /// <summary>Moves the clock on to a time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is before now.</exception>
    public void SetUtcNow(DateTimeOffset value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, GetUtcNow());
        while (NextDue(value) is { } timer)
            timer.Fire();
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes as soon as somebody waits for a timer that is due in exactly this time from now.</summary>
    /// <remarks>Tells a test that the code has come to its delay, so that moving the clock ends that delay.</remarks>
    public Task WhenScheduledAsync(TimeSpan dueIn)
    {
        lock (_gate)
        {
            if (_timers.Exists(timer => timer.Due - _now == dueIn))
                return Task.CompletedTask;
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((dueIn, seen));
            return seen.Task;
        }
    }

    private FakeTimer? NextDue(DateTimeOffset until)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= until).MinBy(timer => timer.Due);
            // A timer that is overdue must not turn the clock back.
            _now = next is null ? until : next.Due > _now ? next.Due : _now;
            next?.MoveOn();
            NotifyWatchers();
            return next;
        }
    }

    private void NotifyWatchers()
    {
        foreach (var watcher in _watchers.Where(watcher => _timers.Exists(timer => timer.Due - _now == watcher.DueIn)))
            watcher.Seen.TrySetResult();
        _watchers.RemoveAll(watcher => watcher.Seen.Task.IsCompleted);
    }

    private sealed class FakeTimer(FakeTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;
        private bool _isDisposed;

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                if (_isDisposed)
                    return false;
                clock._timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                _period = period;
                Due = clock._now + dueTime;
                clock._timers.Add(this);
                if (dueTime == TimeSpan.Zero)
                {
                    MoveOn();
                    ThreadPool.QueueUserWorkItem(_ => Fire());
                }

                clock.NotifyWatchers();
                return true;
            }
        }

        /// <summary>Plans the next time, or none; under the clock's lock.</summary>
        public void MoveOn()
        {
            if (_period > TimeSpan.Zero)
                Due += _period;
            else
                clock._timers.Remove(this);
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._gate)
            {
                _isDisposed = true;
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
