using System.Diagnostics.CodeAnalysis;
using DaprSocial.Consistency;
using DaprSocial.Errors;
using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Identifiers;
using Google.Protobuf;

namespace DaprSocial.Projections;

/// <summary>An event as consumers get it: the row of the log with its ids read.</summary>
/// <param name="LogId">Identity of the log.</param>
/// <param name="Key">Its stream.</param>
/// <param name="Version">Its version in the stream, from 1.</param>
/// <param name="EventId">Its id.</param>
/// <param name="EntityId">Id of the changed entity.</param>
/// <param name="EntityVersion">Version of the entity after the change; projections of state apply the greater.</param>
/// <param name="Type">Full name of the payload's message.</param>
/// <param name="SequenceTime">When it got its place in the log.</param>
/// <param name="After">State that its command came after.</param>
/// <param name="Payload">proto3 JSON.</param>
public sealed record EventEnvelope(
    Guid LogId, StreamKey Key, long Version, Guid EventId, string EntityId, long EntityVersion, string Type,
    DateTimeOffset SequenceTime, ConsistencyToken After, string Payload)
{
    /// <summary>Reads a delivery.</summary>
    /// <returns>Null, and why, when it is not a row of a log.</returns>
    internal static (EventEnvelope? Event, string Reason) Decode(ByteString data)
    {
        try
        {
            return TryRead(EventJson.Decode<Event>(data), out var envelope)
                ? (envelope, "")
                : (null, "An id, the version, the time or the token cannot be read.");
        }
        catch (IOException exception)
        {
            // The base of both exceptions that the JSON parser throws.
            return (null, exception.Message);
        }
    }

    /// <summary>Reads a row of a log.</summary>
    /// <returns>False when an id, the version or the token in it cannot be read.</returns>
    public static bool TryRead(Event row, [NotNullWhen(true)] out EventEnvelope? envelope)
    {
        envelope = null;
        if (!Uuid.TryParse(row.LogId, out var logId) || !Uuid.TryParse(row.Stream, out var stream)
            || !Uuid.TryParse(row.EventId, out var eventId) || row.Version < 1 || row.SequenceTime is null)
            return false;
        try
        {
            envelope = new EventEnvelope(
                logId, new StreamKey(row.Topic, stream), row.Version, eventId, row.EntityId, row.EntityVersion,
                row.Type, row.SequenceTime.ToDateTimeOffset(), ConsistencyToken.Parse(row.After), row.Payload);
            return true;
        }
        catch (ServiceException)
        {
            return false;
        }
    }
}
