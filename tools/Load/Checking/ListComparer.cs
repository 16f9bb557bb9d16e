namespace DaprSocial.Load.Checking;

/// <summary>Compares a listing's ids with those that belong there. Pure.</summary>
internal static class ListComparer
{
    /// <summary>Finds missing, extra and doubled entries and a wrong order: at most one of each kind.</summary>
    public static IReadOnlyList<Difference> Compare(
        string listing, string user, IReadOnlyList<Guid> expected, IReadOnlyList<Guid> actual)
    {
        var differences = new List<Difference>(CompareMembers(listing, user, expected, actual));
        var actualSet = actual.ToHashSet();
        var expectedSet = expected.ToHashSet();
        // Order is judged among the entries that are in both, so that one gap does not shift all that follows.
        var wanted = expected.Where(actualSet.Contains);
        var got = actual.Distinct().Where(expectedSet.Contains);
        foreach (var (place, (want, have)) in wanted.Zip(got).Index())
        {
            if (want != have)
            {
                differences.Add(new Difference(
                    DifferenceKind.WrongOrder, listing, user, $"{want}", $"{have}", $"common entry {place + 1}"));
                break;
            }
        }

        return differences;
    }

    /// <summary>The same without the order.</summary>
    public static IReadOnlyList<Difference> CompareMembers(
        string listing, string user, IReadOnlyList<Guid> expected, IReadOnlyList<Guid> actual)
    {
        var differences = new List<Difference>();
        var actualSet = actual.ToHashSet();
        var expectedSet = expected.ToHashSet();
        var missing = expected.Index().Where(entry => !actualSet.Contains(entry.Item)).ToArray();
        if (missing.Length > 0)
        {
            var place = $"entry {missing[0].Index + 1} of {expected.Count}, {missing.Length} missing";
            differences.Add(new(DifferenceKind.MissingEntry, listing, user, $"{missing[0].Item}", "nothing", place));
        }

        var extra = actual.Index().Where(entry => !expectedSet.Contains(entry.Item)).ToArray();
        if (extra.Length > 0)
        {
            var place = $"entry {extra[0].Index + 1} of {actual.Count}, {extra.Length} too many";
            differences.Add(new(DifferenceKind.ExtraEntry, listing, user, "nothing", $"{extra[0].Item}", place));
        }

        if (FindDouble(actual) is { } second)
        {
            var place = $"entries {second.First + 1} and {second.Second + 1}";
            differences.Add(new(
                DifferenceKind.DuplicateEntry, listing, user, "once", $"{actual[second.Second]} twice", place));
        }

        return differences;
    }

    private static (int First, int Second)? FindDouble(IReadOnlyList<Guid> actual)
    {
        var seen = new Dictionary<Guid, int>();
        for (var place = 0; place < actual.Count; place++)
        {
            if (!seen.TryAdd(actual[place], place))
            {
                return (seen[actual[place]], place);
            }
        }

        return null;
    }
}
