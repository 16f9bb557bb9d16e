namespace DaprSocial.Faults.Planning;

/// <summary>
/// The places in the write path and in the projections at which a process can be made to end. A test compares this list
/// with the code.
/// </summary>
public static class CrashPoints
{
    /// <summary>What only services with an event log reach.</summary>
    public static IReadOnlyList<string> OfCommands { get; } =
    [
        "command.claimed", "command.decided", "command.commit.before", "command.commit.after", "command.answer.before",
        "sequencer.locked", "sequencer.commit.before", "sequencer.commit.after",
        "relay.publish.before", "relay.publish.after", "relay.advance.before", "relay.advance.after",
    ];

    /// <summary>What every service reaches.</summary>
    public static IReadOnlyList<string> OfProjections { get; } =
    [
        "consumer.received", "consumer.batch", "checkpoint.created", "checkpoint.locked", "consumer.flushed",
        "consumer.commit.before", "consumer.commit.after", "consumer.ack.before",
        "repair.hole", "repair.read", "repair.applied", "sweep.repair.before", "sweep.repair.after",
        "park.before", "park.after",
    ];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. OfCommands, .. OfProjections];
}
