namespace DaprSocial.Faults.Processes;

/// <summary>Why we ended a process.</summary>
internal enum EndCause
{
    /// <summary>We did not.</summary>
    None,

    /// <summary>A fault of the schedule.</summary>
    Fault,

    /// <summary>Between the faults: to disarm it, to give it another clock, to put its data back.</summary>
    Care,
}
