using DaprSocial.Consistency;
using DaprSocial.Errors;
using DaprSocial.Events;
using DaprSocial.Identifiers;
using Google.Protobuf;

namespace DaprSocial.EventLog;

/// <summary>The actor's stream in one topic, locked until the command's transaction ends.</summary>
/// <remarks>Gives ids and takes events; nothing reaches the database before the command's end.</remarks>
public sealed class CommandStream
{
    private readonly List<PendingEvent> _events = [];
    private readonly long _versionBefore;
    private readonly long _lockedIdMs;
    private readonly Guid _logId;
    private long _idMs;
    private bool _hasGivenId;

    internal CommandStream(string topic, Guid stream, Guid logId, long versionBefore, long idMs)
    {
        Topic = topic;
        Stream = stream;
        _logId = logId;
        _versionBefore = versionBefore;
        _lockedIdMs = idMs;
        _idMs = idMs;
    }

    /// <summary>Topic name.</summary>
    public string Topic { get; }

    /// <summary>The actor's user id.</summary>
    public Guid Stream { get; }

    /// <summary>Names every event of the stream up to and with those appended so far.</summary>
    public ConsistencyToken Token => ConsistencyToken.Of([new StreamVersion(_logId, Topic, Stream, Version)]);

    internal IReadOnlyList<PendingEvent> Events => _events;

    internal long LastIdMs => _idMs;

    /// <summary>True when the row, as the lock left it, does not say what the command did.</summary>
    internal bool NeedsCorrection => _events.Count != 1 || _idMs != _lockedIdMs;

    internal long Version => _versionBefore + _events.Count;

    /// <summary>Refuses a token that names what this stream never had: its log was restored from a backup.</summary>
    /// <exception cref="ServiceException">LOG_CHANGED.</exception>
    internal void ThrowIfNotAfter(ConsistencyToken token)
    {
        foreach (var named in token.Streams.Where(named => named.Topic == Topic && named.Stream == Stream))
        {
            if (named.LogId != _logId || named.Version > _versionBefore)
                throw Refusals.LogChanged(Topic);
        }
    }

    /// <summary>A new id of the actor: greater than the actor's last in this topic and than the parent's.</summary>
    /// <param name="parent">Id of the thing that the new one answers; null for none.</param>
    public Guid NewId(Guid? parent = null)
    {
        // The lock has moved the time past the actor's last id already; only a second id moves it again.
        var next = _hasGivenId ? _idMs + 1 : _idMs;
        _hasGivenId = true;
        _idMs = parent is { } id ? Math.Max(next, Uuid.GetUnixMilliseconds(id) + 1) : next;
        return Uuid.Create(_idMs);
    }

    /// <summary>Records that something happened.</summary>
    /// <param name="payload">The event with the changed entity's full new state.</param>
    /// <param name="entityId">Id of the changed entity.</param>
    /// <param name="entityVersion">Its version after the change.</param>
    public void Append(IMessage payload, string entityId, long entityVersion) =>
        _events.Add(new PendingEvent(
            Uuid.Create(_idMs), Version + 1, entityId, entityVersion, payload.Descriptor.FullName,
            EventJson.Encode(payload)));
}
