
namespace DaprSocial.Faults.Planning;

/// <summary>A part of a run: faults, then peace, in which everything must become right again.</summary>
/// <param name="Number">From 1.</param>
public sealed record FaultPhase(
    int Number, PhaseKind Kind, TimeSpan Length, DeliveryFaultPolicy Broker, IReadOnlyList<PlannedFault> Faults);
