using System.Buffers.Text;
using DaprSocial.Events.V1;
using DaprSocial.Tokens.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace DaprSocial.Load.Tests.Fakes;

/// <summary>The event log of one fake service.</summary>
internal sealed class FakeLog(TimeProvider clock)
{
    private readonly Dictionary<(string Topic, Guid Stream), long> _versions = [];

    public Guid Id { get; } = Guid.CreateVersion7();

    public List<Event> Events { get; } = [];

    public void Append(string topic, Guid actor, string entityId, string requestId)
    {
        var version = _versions.GetValueOrDefault((topic, actor)) + 1;
        _versions[(topic, actor)] = version;
        Events.Add(new Event
        {
            Position = Events.Count + 1,
            Topic = topic,
            Stream = $"{actor}",
            Version = version,
            EntityId = entityId,
            OccurTime = Timestamp.FromDateTimeOffset(clock.GetUtcNow()),
            RequestId = requestId,
            LogId = $"{Id}",
        });
    }

    /// <summary>A token that names all that the actor wrote to this log.</summary>
    public string TokenOf(Guid actor)
    {
        var position = new LogPosition { LogId = ByteString.CopyFrom(Id.ToByteArray(bigEndian: true)) };
        position.Streams.AddRange(_versions.Where(stream => stream.Key.Stream == actor).Select(stream =>
            new StreamPosition
            {
                Topic = stream.Key.Topic,
                Stream = ByteString.CopyFrom(actor.ToByteArray(bigEndian: true)),
                Version = stream.Value,
            }));
        return Base64Url.EncodeToString(new ConsistencyTokenPayload { Logs = { position } }.ToByteArray());
    }
}
