using DaprSocial.Verify.Projections;

namespace DaprSocial.Verify.Comparing;

/// <summary>
/// What is known of one table after some rounds, each of which looks again at what differed in the one before.
/// </summary>
/// <remarks>
/// A row that differs may only be late. Between two rounds the projections catch up with what the first one saw: when
/// the second expects the same row still, versions and all, nothing was late, and the difference is real. A sum that is
/// not even that of the projected rows is wrong at once.
/// </remarks>
internal sealed class TableVerification(Comparison comparison, Scope scope)
{
    private readonly Scope _first = scope;
    private readonly Dictionary<string, RowDifference> _settled = [];
    private bool _hasBegun;
    private Dictionary<string, RowDifference> _open = [];
    private bool _hasMore;
    private long _total;

    public Comparison Comparison => comparison;

    public long Compared { get; private set; }

    /// <summary>What to look at next; null when everything is decided.</summary>
    public Scope? Next { get; private set; } = scope;

    public IReadOnlyCollection<RowDifference> Differences => _settled.Values;

    /// <summary>All differences, those too that are too many to show.</summary>
    public long DifferenceCount => _hasMore ? _total : _settled.Count;

    /// <summary>Rows that changed in every round, so that it cannot be said whether they were right.</summary>
    public int MovingCount => _open.Count;

    public void Take(ComparisonResult result)
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            Compared = result.Compared;
            _hasMore = result.Total > result.Differences.Count;
            _total = result.Total;
        }

        var open = new Dictionary<string, RowDifference>();
        foreach (var difference in result.Differences)
        {
            var wasOpen = _open.TryGetValue(difference.KeyText, out var before);
            if (comparison.DerivedSql is not null || (wasOpen && before!.Expected == difference.Expected))
                _settled[difference.KeyText] = difference;
            else
                open[difference.KeyText] = difference;
        }

        _open = open;
        Next = open.Count == 0 ? null : _hasMore ? _first : Scope.Of([.. open.Values.Select(row => row.Key)]);
    }
}
