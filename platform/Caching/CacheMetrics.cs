using System.Diagnostics.Metrics;

namespace DaprSocial.Caching;

/// <summary>The counters of the cache of this process.</summary>
internal sealed class CacheMetrics : IDisposable
{
    private readonly Meter _meter = new("DaprSocial.Caching");

    public CacheMetrics()
    {
        Hits = _meter.CreateCounter<long>("daprsocial.cache.hits", "{key}");
        Misses = _meter.CreateCounter<long>("daprsocial.cache.misses", "{key}");
        NotWritten = _meter.CreateCounter<long>("daprsocial.cache.not_written", "{key}");
    }

    public Counter<long> Hits { get; }

    public Counter<long> Misses { get; }

    /// <summary>Writes given up, because others were always first or the cache was away.</summary>
    public Counter<long> NotWritten { get; }

    public void Dispose() => _meter.Dispose();
}
