using System.Text.Json;
using DaprSocial.Faults.Running;

namespace DaprSocial.Faults;

/// <summary>What a fault run did, and whether every promise was kept.</summary>
public sealed record FaultReport
{
    public required long Seed { get; init; }

    /// <summary>The whole run, checks included.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Processes killed, from outside and by crash points.</summary>
    public required int KillCount { get; init; }

    /// <summary>How often processes ended at each crash point.</summary>
    public required IReadOnlyDictionary<string, int> CrashPoints { get; init; }

    public required int StartCount { get; init; }

    /// <summary>From a service process's start until it takes calls; the median, in milliseconds.</summary>
    public required int StartMedianMs { get; init; }

    public required int StartMaxMs { get; init; }

    public required int CommandCount { get; init; }

    /// <summary>How often a command was sent again because its answer did not come.</summary>
    public required long RetryCount { get; init; }

    /// <summary>Reads with tokens whose content was compared.</summary>
    public required long ReadCount { get; init; }

    /// <summary>Of these, those that said that they are behind.</summary>
    public required long BehindCount { get; init; }

    /// <summary>Reads that nobody answered.</summary>
    public required long UnansweredCount { get; init; }

    /// <summary>How long after each phase the services took to catch up, in milliseconds.</summary>
    public required IReadOnlyList<int> CatchUpMs { get; init; }

    /// <summary>Pages that the checks after the phases compared.</summary>
    public required long PagesChecked { get; init; }

    public required IReadOnlyList<Violation> Violations { get; init; }

    /// <summary>The report for machines: one JSON object.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, FaultReportJsonContext.CreateReadable().FaultReport);
}
