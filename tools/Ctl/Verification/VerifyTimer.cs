using System.Diagnostics.Metrics;
using DaprSocial.Load;
using DaprSocial.Verify;

namespace DaprSocial.Ctl.Verification;

/// <summary>
/// Verifies a running mesh again and again, a few keys at a time and others each time. The result is two gauges for
/// those who collect metrics and a file for <c>./social status</c>.
/// </summary>
internal sealed class VerifyTimer : IAsyncDisposable, IDemoProgress
{
    /// <summary>Meter of the gauges.</summary>
    public const string MeterName = "DaprSocial.Verify";

    /// <summary>Gauge: rows that differ, tagged by projection; absent while the last run could not be done.</summary>
    public const string DifferencesName = "daprsocial.verify.differences";

    /// <summary>Gauge: when the last run ended, in seconds since 1970.</summary>
    public const string TimeName = "daprsocial.verify.time";

    private const int SampleSize = 100;

    private readonly VerifyOptions _options;
    private readonly TimeSpan _period;
    private readonly VerifyStateFile _file;
    private readonly Action<string> _say;
    private readonly Meter _meter = new(MeterName);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private volatile VerifyState? _last;

    private VerifyTimer(VerifyOptions options, TimeSpan period, VerifyStateFile file, Action<string> say)
    {
        _options = options with { SampleSize = SampleSize };
        (_period, _file, _say) = (period, file, say);
        _meter.CreateObservableGauge(DifferencesName, MeasureDifferences, "{row}");
        _meter.CreateObservableGauge(TimeName, MeasureTime, "s");
        _running = RunAsync(_stop.Token);
    }

    /// <param name="period">Between the beginnings of two runs.</param>
    /// <param name="say">Told of a result that is another than the one before.</param>
    public static VerifyTimer Start(
        VerifyOptions options, TimeSpan period, VerifyStateFile file, Action<string> say) =>
        new(options, period, file, say);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // It was asked to end. Anything else is a bug, and whoever stops the mesh is told.
        }

        _stop.Dispose();
        _meter.Dispose();
        _file.Delete();
    }

    void IDemoProgress.Report(string stage, long done, long total)
    {
        // Nobody watches a timer.
    }

    /// <summary>One line for a person.</summary>
    internal static string Describe(VerifyState state) => state switch
    {
        { Failure: { } failure } => $"verification failed: {failure}",
        { DifferenceCount: 0 } => "verification: no differences",
        _ => $"verification: {state.DifferenceCount} differences; ./social ctl verify names them",
    };

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_period, _options.Clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            var state = await VerifyAsync(cancellationToken);
            var before = _last;
            _last = state;
            _file.Write(state);
            if (state.Failure != before?.Failure || state.DifferenceCount != (before?.DifferenceCount ?? 0))
                _say(Describe(state));
        }
    }

    private async Task<VerifyState> VerifyAsync(CancellationToken cancellationToken)
    {
        try
        {
            var seed = _options.Clock.GetUtcNow().ToUnixTimeMilliseconds();
            return VerifyState.Of(await Verifier.RunAsync(_options with { Seed = seed }, this, cancellationToken));
        }
        catch (VerifyException exception)
        {
            // The next round may find the stores back; until then status and gauge say that nothing is known.
            return VerifyState.Failed(_options.Clock.GetUtcNow(), exception.Message);
        }
    }

    private IEnumerable<Measurement<long>> MeasureDifferences() => _last is null
        ? []
        : _last.DifferencesByProjection.Select(entry => new Measurement<long>(
            entry.Value, new KeyValuePair<string, object?>("projection", entry.Key)));

    private IEnumerable<Measurement<long>> MeasureTime() =>
        _last is null ? [] : [new Measurement<long>(_last.Time.ToUnixTimeSeconds())];
}
