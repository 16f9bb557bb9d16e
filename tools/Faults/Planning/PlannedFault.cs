namespace DaprSocial.Faults.Planning;

/// <summary>One fault of a schedule.</summary>
/// <param name="At">Since the start of its phase.</param>
/// <param name="Target">Name of a process; empty for a store.</param>
/// <param name="Length">How long it lasts; zero for what happens at once.</param>
public sealed record PlannedFault(TimeSpan At, FaultKind Kind, string Target, TimeSpan Length);
