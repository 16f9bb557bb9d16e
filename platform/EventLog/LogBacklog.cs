namespace DaprSocial.EventLog;

/// <summary>What commands have written and nobody has published yet.</summary>
/// <param name="EventCount">Events, with a place in the log or without.</param>
/// <param name="OldestTime">When the oldest of them happened; null when there is none.</param>
internal sealed record LogBacklog(long EventCount, DateTimeOffset? OldestTime);
