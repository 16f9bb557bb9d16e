namespace DaprSocial.Load.Checking;

/// <summary>Collects differences from many threads. Keeps the first thousand: whoever has more needs no more.</summary>
internal sealed class DifferenceLog
{
    private const int KeptMax = 1_000;

    private readonly Lock _lock = new();
    private readonly List<Difference> _kept = [];
    private long _count;

    public long Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    public void AddRange(IReadOnlyList<Difference> differences)
    {
        lock (_lock)
        {
            _count += differences.Count;
            _kept.AddRange(differences.Take(KeptMax - _kept.Count));
        }
    }

    /// <summary>Those that were kept, in an order that does not depend on which thread was first.</summary>
    public IReadOnlyList<Difference> Kept()
    {
        lock (_lock)
        {
            return [.. _kept.OrderBy(d => d.Kind).ThenBy(d => d.Listing, StringComparer.Ordinal)
                .ThenBy(d => d.User, StringComparer.Ordinal).ThenBy(d => d.Place, StringComparer.Ordinal)];
        }
    }
}
