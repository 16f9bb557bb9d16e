using System.Diagnostics.Metrics;
using DaprSocial.Hosting;

namespace DaprSocial.Projections;

/// <summary>The counters and gauges of the projections of this process.</summary>
internal sealed class ProjectionMetrics : IDisposable
{
    public const string MeterName = "DaprSocial.Projections";
    public const string LagName = "daprsocial.projection.lag";
    public const string ParkedName = "daprsocial.projection.parked";
    public const string HeldBackName = "daprsocial.projection.held_back";

    private readonly Meter _meter = new(MeterName);
    private readonly ServiceIdentity _identity;

    public ProjectionMetrics(ServiceIdentity identity)
    {
        _identity = identity;
        _meter.CreateObservableGauge(LagName, () => Measure(row => row.Lag.TotalSeconds), "s");
        _meter.CreateObservableGauge(ParkedName, () => Measure(row => row.ParkedStreamCount), "{stream}");
        _meter.CreateObservableGauge(HeldBackName, () => Measure(row => row.HeldBackCount), "{event}");
        Applied = _meter.CreateCounter<long>("daprsocial.events.applied", "{event}");
        Duplicates = _meter.CreateCounter<long>("daprsocial.events.duplicate", "{event}");
        HeldBack = _meter.CreateCounter<long>("daprsocial.events.held_back", "{event}");
        NotConsumed = _meter.CreateCounter<long>("daprsocial.events.not_consumed", "{event}");
        Repairs = _meter.CreateCounter<long>("daprsocial.streams.repaired", "{repair}");
        Parked = _meter.CreateCounter<long>("daprsocial.streams.parked", "{stream}");
        Undecodable = _meter.CreateCounter<long>("daprsocial.events.undecodable", "{event}");
    }

    public Counter<long> Applied { get; }

    public Counter<long> Duplicates { get; }

    public Counter<long> HeldBack { get; }

    public Counter<long> NotConsumed { get; }

    public Counter<long> Repairs { get; }

    public Counter<long> Parked { get; }

    public Counter<long> Undecodable { get; }

    /// <summary>Asked at each measurement of the gauges.</summary>
    public Func<IEnumerable<ProjectionReading>> Read { get; set; } = () => [];

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<T>> Measure<T>(Func<ProjectionReading, T> measure)
        where T : struct =>
        Read().Select(row => new Measurement<T>(
            measure(row), new KeyValuePair<string, object?>("service", _identity.AppId),
            new KeyValuePair<string, object?>("version", row.Version),
            new KeyValuePair<string, object?>("topic", row.Topic)));
}
