namespace DaprSocial.Projections;

/// <summary>Which events of a batch can be applied, given what was applied before. Pure.</summary>
/// <param name="Run">To apply, stream by stream, each stream in order and without a hole.</param>
/// <param name="Ahead">Not yet: an event before them is missing.</param>
/// <param name="DuplicateCount">How many were applied before, or stand in the batch twice.</param>
public sealed record BatchPlan(
    IReadOnlyList<EventEnvelope> Run, IReadOnlyList<EventEnvelope> Ahead, int DuplicateCount)
{
    /// <summary>Plans a batch.</summary>
    /// <param name="events">In any order, with any repetition.</param>
    /// <param name="applied">Applied version by stream; a stream that is not there has 0.</param>
    public static BatchPlan Of(IEnumerable<EventEnvelope> events, IReadOnlyDictionary<StreamKey, long> applied)
    {
        var run = new List<EventEnvelope>();
        var ahead = new List<EventEnvelope>();
        var duplicates = 0;
        foreach (var stream in events.GroupBy(row => row.Key))
        {
            var next = applied.GetValueOrDefault(stream.Key) + 1;
            EventEnvelope? previous = null;
            foreach (var row in stream.OrderBy(row => row.Version))
            {
                if (row.Version < next || row.Version == previous?.Version)
                    duplicates++;
                else if (row.Version > next)
                    ahead.Add(row);
                else
                {
                    run.Add(row);
                    next++;
                }

                previous = row;
            }
        }

        return new BatchPlan(run, ahead, duplicates);
    }
}
