namespace DaprSocial.EventLog;

/// <summary>
/// Wakes the loops of the log's own process; other processes are woken by NOTIFY or find out by polling.
/// </summary>
public sealed class LogSignals
{
    /// <summary>A command with events has committed.</summary>
    public Signal Committed { get; } = new();

    /// <summary>Events got positions.</summary>
    public Signal Sequenced { get; } = new();
}
