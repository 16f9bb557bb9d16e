namespace DaprSocial.Bench;

/// <summary>What one variant did in one turn.</summary>
/// <param name="Written">CPU until the last answer.</param>
/// <param name="Applied">CPU until every service had applied what was written.</param>
internal sealed record WriteTurn(WriteRound Round, CpuTimes Written, CpuTimes Applied);
