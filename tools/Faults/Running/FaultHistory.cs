using System.Diagnostics;
using System.Globalization;

namespace DaprSocial.Faults.Running;

/// <summary>What was done to the mesh and what broke, in order; each line is printed as it happens.</summary>
internal sealed class FaultHistory(Action<string> say)
{
    private const int LedToMax = 12;
    private const int ViolationsMax = 100;
    private const int ExplainedMax = 20;

    private readonly Lock _gate = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<string> _faults = [];
    private readonly List<Violation> _violations = [];
    private readonly Dictionary<string, int> _crashes = [];
    private int _killCount;

    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>The phase that runs; 0 before the first.</summary>
    public int Phase { get; set; }

    public int KillCount => Volatile.Read(ref _killCount);

    public IReadOnlyDictionary<string, int> Crashes
    {
        get
        {
            lock (_gate)
                return _crashes.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary();
        }
    }

    /// <summary>The first hundred; whoever has more needs no more.</summary>
    public IReadOnlyList<Violation> Violations
    {
        get
        {
            lock (_gate)
                return [.. _violations];
        }
    }

    public void Say(string line) => say(Stamp(line));

    public void Fault(string what)
    {
        var line = Stamp(what);
        lock (_gate)
            _faults.Add(line);
        say(line);
    }

    /// <param name="wasReady">Whether it took calls; the end of one that did not yet does not count.</param>
    public void Killed(string instance, string? crashPoint, bool wasReady)
    {
        if (wasReady)
            Interlocked.Increment(ref _killCount);
        var when = wasReady ? "" : " before it took calls";
        if (crashPoint is null)
        {
            Fault($"kill -9 {instance}{when}");
            return;
        }

        lock (_gate)
            _crashes[crashPoint] = _crashes.GetValueOrDefault(crashPoint) + 1;
        Fault($"{instance} killed itself at {crashPoint}{when}");
    }

    public void Violated(string promise, string what)
    {
        lock (_gate)
        {
            if (_violations.Count >= ViolationsMax)
                return;
            _violations.Add(new Violation(Phase, Elapsed, promise, what, [.. _faults.TakeLast(LedToMax)], []));
        }

        Say($"VIOLATION {promise}: {what}");
    }

    /// <summary>Adds to the first violations that have none yet what happened to those that they name.</summary>
    public async Task ExplainAsync(Func<Violation, Task<IReadOnlyList<string>>> readEventsAsync)
    {
        for (var index = 0; index < Math.Min(Violations.Count, ExplainedMax); index++)
        {
            var violation = Violations[index];
            if (violation.Events.Count > 0)
                continue;
            var events = await readEventsAsync(violation);
            lock (_gate)
                _violations[index] = violation with { Events = events };
        }
    }

    private string Stamp(string line) =>
        string.Create(CultureInfo.InvariantCulture, $"{_watch.Elapsed.TotalSeconds,7:0.0} s  {line}");
}
