using DaprSocial.Faults;
using DaprSocial.Faults.Planning;

namespace DaprSocial.Ctl.Faults;

/// <summary>Writes schedules and reports of fault runs for people.</summary>
internal static class FaultReportText
{
    public static IEnumerable<string> Of(FaultSchedule schedule)
    {
        yield return $"Faults of seed {schedule.Seed} over {schedule.Duration.TotalMinutes:0.##} minutes: "
            + $"{schedule.Phases.Count} phases, {schedule.KillCount} kills from outside, more at crash points.";
        foreach (var phase in schedule.Phases)
        {
            yield return $"  phase {phase.Number}: {phase.Kind}, {phase.Length.TotalSeconds:0} s";
            foreach (var fault in phase.Faults)
                yield return $"    {fault.At.TotalSeconds,5:0.0} s  {Describe(fault)}";
        }
    }

    public static IEnumerable<string> Of(FaultReport report)
    {
        yield return $"{report.KillCount} kills, {report.CrashPoints.Values.Sum()} of them at "
            + $"{report.CrashPoints.Count} crash points; a service starts in {report.StartMedianMs} ms "
            + $"(median of {report.StartCount}, at most {report.StartMaxMs} ms)";
        foreach (var (point, count) in report.CrashPoints)
            yield return $"  {count,3} × {point}";
        yield return $"{report.CommandCount} commands acknowledged, {report.RetryCount} repeats; {report.ReadCount} "
            + $"reads held to their tokens, {report.BehindCount} said they were behind, "
            + $"{report.UnansweredCount} were not answered; {report.PagesChecked} pages checked";
        yield return $"caught up after each phase in {string.Join(", ", report.CatchUpMs)} ms; "
            + $"the whole run took {report.Elapsed.TotalSeconds:0} s";
        foreach (var violation in report.Violations)
        {
            yield return $"VIOLATION of \"{violation.Promise}\" in phase {violation.Phase} "
                + $"at {violation.Time.TotalSeconds:0.0} s: {violation.What}";
            foreach (var before in violation.Before)
                yield return $"    {before}";
            foreach (var logged in violation.Events)
                yield return $"    {logged}";
        }

        yield return $"{report.Violations.Count} violations";
    }

    private static string Describe(PlannedFault fault)
    {
        var target = fault.Target.Length > 0 ? $" {fault.Target}" : "";
        var length = fault.Length > TimeSpan.Zero ? $" for {fault.Length.TotalSeconds:0} s" : "";
        return $"{fault.Kind}{target}{length}";
    }
}
