namespace DaprSocial.Projections;

/// <summary>
/// Events that came before one that is missing. Bounded: what does not fit is read from the log later.
/// </summary>
/// <remarks>Not safe for concurrent use by itself; the engine guards it.</remarks>
internal sealed class HeldBackEvents
{
    /// <summary>Events kept of one stream; a repair reads the rest.</summary>
    public const int EventsPerStreamMax = 64;

    /// <summary>Events kept of all streams together.</summary>
    public const int EventsMax = 16_384;

    /// <summary>How long a hole may close by itself before the log is asked.</summary>
    public static readonly TimeSpan HoldMax = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<StreamKey, (DateTimeOffset Since, SortedList<long, EventEnvelope> Events)>
        _streams = [];

    public int Count { get; private set; }

    /// <summary>How many are kept of a topic.</summary>
    public int CountOf(string topic) =>
        _streams.Where(stream => stream.Key.Topic == topic).Sum(stream => stream.Value.Events.Count);

    /// <summary>Keeps an event; the stream is known to have a hole even when the event itself does not fit.</summary>
    public void Add(EventEnvelope row, DateTimeOffset now)
    {
        if (!_streams.TryGetValue(row.Key, out var stream))
            _streams.Add(row.Key, stream = (now, []));
        if (stream.Events.Count < EventsPerStreamMax && Count < EventsMax && stream.Events.TryAdd(row.Version, row))
            Count++;
    }

    /// <summary>Takes out the events of a stream, to try them again. Its hole keeps its age until it closes.</summary>
    public IReadOnlyList<EventEnvelope> Take(StreamKey key)
    {
        if (!_streams.TryGetValue(key, out var stream))
            return [];
        EventEnvelope[] events = [.. stream.Events.Values];
        Count -= events.Length;
        stream.Events.Clear();
        return events;
    }

    /// <summary>Forgets a stream: it has no hole, or none that can be filled.</summary>
    public void Close(StreamKey key)
    {
        if (_streams.Remove(key, out var stream))
            Count -= stream.Events.Count;
    }

    /// <summary>Gives a hole that is left after a repair its full time again.</summary>
    public void Restart(StreamKey key, DateTimeOffset now)
    {
        if (_streams.TryGetValue(key, out var stream))
            _streams[key] = (now, stream.Events);
    }

    /// <summary>The streams whose hole did not close in time.</summary>
    public IReadOnlyList<StreamKey> Due(DateTimeOffset now) =>
        [.. _streams.Where(stream => now - stream.Value.Since >= HoldMax).Select(stream => stream.Key)];
}
