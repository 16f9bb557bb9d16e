using DaprSocial.Events;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace DaprSocial.Projections;

/// <summary>
/// What a service projects: the topics, and for each type of event a pure function that notes the changes.
/// </summary>
/// <typeparam name="TBatch">Collects the changes of a batch.</typeparam>
public sealed class ProjectionDefinition<TBatch>
    where TBatch : new()
{
    private readonly Dictionary<string, (MessageDescriptor Type, Action<IMessage, EventEnvelope, TBatch> Apply)>
        _consumers = [];
    private readonly List<string> _topics = [];

    /// <summary>The topics, in the order they were named.</summary>
    public IReadOnlyList<string> Topics => _topics;

    /// <summary>Consumes a topic.</summary>
    public ProjectionDefinition<TBatch> From(string topic)
    {
        _topics.Add(topic);
        return this;
    }

    /// <summary>Consumes a type of event.</summary>
    /// <param name="apply">Pure: notes in the batch what the event changes, without I/O and without a clock.</param>
    public ProjectionDefinition<TBatch> On<TEvent>(Action<TEvent, EventEnvelope, TBatch> apply)
        where TEvent : IMessage<TEvent>, new()
    {
        var type = new TEvent().Descriptor;
        _consumers.Add(type.FullName, (type, (message, envelope, batch) => apply((TEvent)message, envelope, batch)));
        return this;
    }

    /// <summary>Notes what one event changes.</summary>
    /// <returns>False when nothing consumes it: its type is not known here, or its user was erased.</returns>
    /// <exception cref="InvalidProtocolBufferException">The payload is not what its type says.</exception>
    /// <exception cref="InvalidJsonException">The payload is not JSON.</exception>
    public bool Apply(EventEnvelope envelope, TBatch batch)
    {
        if (envelope.Payload == EventJson.Erased || !_consumers.TryGetValue(envelope.Type, out var consumer))
            return false;
        consumer.Apply(EventJson.Decode(envelope.Payload, consumer.Type), envelope, batch);
        return true;
    }

    /// <summary>Notes what several events change, as if they were a batch.</summary>
    public TBatch Fold(IEnumerable<EventEnvelope> events)
    {
        var batch = new TBatch();
        foreach (var envelope in events)
            Apply(envelope, batch);
        return batch;
    }

    /// <summary>Whether an event could be applied; those that nothing consumes can.</summary>
    public bool CanApply(EventEnvelope envelope)
    {
        try
        {
            Apply(envelope, new TBatch());
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever it is, it would park the stream here as well.
            return false;
        }
    }
}
