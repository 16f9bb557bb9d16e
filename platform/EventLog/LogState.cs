namespace DaprSocial.EventLog;

/// <summary>Where a log stands.</summary>
/// <param name="LogId">Identity of the log.</param>
/// <param name="PublishedPosition">Everything up to here was published at least once.</param>
/// <param name="HeadPosition">Position of the newest event; 0 when empty.</param>
public sealed record LogState(Guid LogId, long PublishedPosition, long HeadPosition);
