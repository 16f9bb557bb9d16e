namespace DaprSocial.Projections.Tests;

/// <summary>What a batch of events changes: how many a stream had, and the newest value of each entity.</summary>
internal sealed class TestBatch
{
    public Dictionary<StreamKey, (long Count, long VersionSum)> Counts { get; } = [];

    public Dictionary<string, (long Version, string Value)> Values { get; } = [];

    public void Count(EventEnvelope row)
    {
        var (count, sum) = Counts.GetValueOrDefault(row.Key);
        Counts[row.Key] = (count + 1, sum + row.Version);
    }

    public void Set(EventEnvelope row, string value)
    {
        if (row.EntityVersion > Values.GetValueOrDefault(row.EntityId).Version)
            Values[row.EntityId] = (row.EntityVersion, value);
    }
}
