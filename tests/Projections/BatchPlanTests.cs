using DaprSocial.Consistency;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace DaprSocial.Projections.Tests;

public sealed class BatchPlanTests
{
    private static readonly StreamKey[] _keys =
    [
        new("users", Uuid.Create(1)), new("users", Uuid.Create(2)), new("posts", Uuid.Create(1)),
    ];

    [Fact]
    public void Of_AnyPermutationInAnyChunks_RunsEachEventOnceInOrder() => PropertyCheck.Holds(Chunks(), chunks =>
    {
        var applied = new Dictionary<StreamKey, long>();
        var run = new List<EventEnvelope>();
        IReadOnlyList<EventEnvelope> ahead = [];
        foreach (var chunk in chunks)
        {
            var plan = BatchPlan.Of(chunk.Concat(ahead), applied);
            foreach (var row in plan.Run)
            {
                run.Add(row);
                applied[row.Key] = row.Version;
            }

            ahead = plan.Ahead;
        }

        var given = chunks.SelectMany(chunk => chunk).Distinct().ToList();
        return ahead.Count == 0 && run.Count == given.Count && run.GroupBy(row => row.Key).All(stream =>
            stream.Select(row => row.Version).SequenceEqual(Enumerable.Range(1, stream.Count()).Select(n => (long)n)));
    });

    [Fact]
    public void Of_AnyEvents_ForgetsNone() => PropertyCheck.Holds(Chunks(), chunks =>
    {
        var events = chunks.SelectMany(chunk => chunk.Take(3)).ToList();
        var applied = new Dictionary<StreamKey, long> { [_keys[0]] = 2 };

        var plan = BatchPlan.Of(events, applied);

        return plan.Run.Count + plan.Ahead.Count + plan.DuplicateCount == events.Count
            && plan.Run.Concat(plan.Ahead).Distinct().Count() == plan.Run.Count + plan.Ahead.Count;
    });

    [Fact]
    public void Of_AppliedBefore_AreDuplicates()
    {
        var plan = BatchPlan.Of(Versions(1, 2, 3, 4), new Dictionary<StreamKey, long> { [_keys[0]] = 2 });

        Assert.Equal([3, 4], plan.Run.Select(row => row.Version));
        Assert.Empty(plan.Ahead);
        Assert.Equal(2, plan.DuplicateCount);
    }

    [Fact]
    public void Of_AHole_RunsUpToIt()
    {
        var plan = BatchPlan.Of(Versions(5, 1, 4, 2, 5), new Dictionary<StreamKey, long>());

        Assert.Equal([1, 2], plan.Run.Select(row => row.Version));
        Assert.Equal([4, 5], plan.Ahead.Select(row => row.Version));
        Assert.Equal(1, plan.DuplicateCount);
    }

    [Fact]
    public void Of_Nothing_IsEmpty()
    {
        var plan = BatchPlan.Of([], new Dictionary<StreamKey, long> { [_keys[0]] = 2 });

        Assert.Empty(plan.Run);
        Assert.Empty(plan.Ahead);
        Assert.Equal(0, plan.DuplicateCount);
    }

    /// <summary>Events 1 to n of some streams, with repetitions, shuffled and cut into chunks.</summary>
    private static Gen<IReadOnlyList<EventEnvelope[]>> Chunks() =>
        from lengths in Gen.Choose(0, 12).ArrayOf(_keys.Length)
        let events = _keys.Zip(lengths).SelectMany(stream =>
            Enumerable.Range(1, stream.Second).Select(version => Envelope(stream.First, version))).ToArray()
        from repeated in events.Length == 0
            ? Gen.Constant(Array.Empty<EventEnvelope>())
            : Gen.Elements(events).ArrayOf(events.Length / 2)
        from shuffled in Gen.Shuffle(events.Concat(repeated))
        from size in Gen.Choose(1, 10)
        select (IReadOnlyList<EventEnvelope[]>)[.. shuffled.Chunk(size)];

    private static IEnumerable<EventEnvelope> Versions(params long[] versions) =>
        versions.Select(version => Envelope(_keys[0], version));

    private static EventEnvelope Envelope(StreamKey key, long version) => new(
        Guid.Empty, key, version, Guid.Empty, "e", version, "t", DateTimeOffset.UnixEpoch, ConsistencyToken.Empty, "{}");
}
