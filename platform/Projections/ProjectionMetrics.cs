using System.Diagnostics.Metrics;

namespace DaprSocial.Projections;

/// <summary>The counters of the projections of this process.</summary>
internal sealed class ProjectionMetrics : IDisposable
{
    private readonly Meter _meter = new("DaprSocial.Projections");

    public ProjectionMetrics()
    {
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

    public void Dispose() => _meter.Dispose();
}
