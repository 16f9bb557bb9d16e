namespace DaprSocial.EventLog;

/// <summary>An event of a command that has not committed yet.</summary>
internal sealed record PendingEvent(
    Guid EventId, long Version, string EntityId, long EntityVersion, string Type, string Payload);
