using DaprSocial.Load.Driving;

namespace DaprSocial.Faults.Driving;

/// <summary>What the answer to a command said.</summary>
/// <param name="EntityId">What it names; empty where it names nothing.</param>
/// <param name="HasChanged">Whether the command certainly changed something, and so is in the log.</param>
internal sealed record Acknowledgement(string EntityId, bool HasChanged)
{
    /// <summary>Holds the log against it. Pure.</summary>
    /// <param name="logged">The events with the command's request id; null for none.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public string Judge(LoggedRequest? logged) => logged switch
    {
        null => HasChanged ? $"acknowledged as \"{EntityId}\", it is not in the log" : "",
        { EventCount: > 1 } => $"acknowledged once, it is in the log {logged.EventCount} times",
        _ when EntityId.Length > 0 && logged.EntityId != EntityId =>
            $"acknowledged as \"{EntityId}\", it is in the log as {logged.EntityId}",
        _ => "",
    };
}
