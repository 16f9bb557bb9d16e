using DaprSocial.Events;
using DaprSocial.Projections.V1;
using Google.Protobuf.WellKnownTypes;

namespace DaprSocial.Projections;

/// <summary>Where a version of a projection stands in a log: for operators, by comparing all streams.</summary>
internal sealed class SourceProgress(SourceLogs sources, CheckpointStore checkpoints, KnownLogs logs)
{
    private const int PageSize = 10_000;

    // Streams whose oldest missing event is looked up; those whose newest event is oldest come first.
    private const int LookUpsMax = 64;

    public async Task<ProjectionSource> ReadAsync(
        string appId, IReadOnlyList<string> topics, CancellationToken cancellationToken)
    {
        await logs.LoadAsync(cancellationToken);
        var progress = new ProjectionSource { AppId = appId, Lag = new Duration() };
        var heads = new Dictionary<StreamKey, (long Version, DateTimeOffset Time)>();
        DateTimeOffset? newest = null;
        for (long after = 0; ;)
        {
            var page = await sources.ListStreamHeadsAsync(appId, after, PageSize, null, cancellationToken);
            progress.IsLogChanged |= topics.Any(topic =>
                Topics.OwnerOf(topic) == appId && logs.Find(topic) is { } known && !known.Is(Guid.Parse(page.LogId)));
            if (page.NextPosition == after)
                break;
            after = page.NextPosition;
            foreach (var head in page.Heads.Where(head => topics.Contains(head.Topic)))
            {
                var time = head.SequenceTime.ToDateTimeOffset();
                heads[new StreamKey(head.Topic, Guid.Parse(head.Stream))] = (head.Version, time);
                newest = newest is null || newest < time ? time : newest;
            }
        }

        var states = (await checkpoints.ReadAsync(heads.Keys, cancellationToken))
            .ToDictionary(state => state.Key, state => state.Version);
        var behind = heads.Where(head => head.Value.Version > states.GetValueOrDefault(head.Key)).ToList();
        progress.MissingEventCount = behind.Sum(head => head.Value.Version - states.GetValueOrDefault(head.Key));
        DateTimeOffset? oldest = null;
        foreach (var (key, _) in behind.OrderBy(head => head.Value.Time).Take(LookUpsMax))
        {
            var missing = await sources.ReadStreamAsync(
                key, states.GetValueOrDefault(key), 1, null, cancellationToken);
            if (missing.Count > 0 && (oldest is null || missing[0].SequenceTime < oldest))
                oldest = missing[0].SequenceTime;
        }

        if (oldest is { } first && newest is { } last && last > first)
            progress.Lag = Duration.FromTimeSpan(last - first);
        return progress;
    }
}
