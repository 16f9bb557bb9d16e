using System.Globalization;
using DaprSocial.Verify.Comparing;

namespace DaprSocial.Verify.Explaining;

/// <summary>Says why a row differs, as far as the log, checkpoints and parked streams tell.</summary>
internal static class Cause
{
    public static string Of(RowDifference difference, EventState? state)
    {
        if (state is null)
            return $"the rows that it sums up give {difference.Derived ?? "nothing"}";
        return state switch
        {
            { Stream: null } when difference.Expected is null =>
                "neither the command store nor the log knows of it: the row is extra, and was written by hand",
            { Stream: null } => "the log holds no event of it: the command store's row came without one",
            { IsLogChanged: true } => "the log changed: its owner was restored from a backup, and this must be rebuilt",
            { IsPending: true } => Text($"not sequenced: its event (version {state.Version}) waits for a relay to run"),
            { ParkedVersion: { } parked } when parked <= state.Version =>
                Text($"stream {state.Stream} is parked at version {parked}: {state.Reason}"),
            { HasGap: true } when state.Checkpoint < state.Version =>
                Text($"gap: the log holds no version {state.Checkpoint + 1} of stream {state.Stream}"),
            _ when state.Checkpoint < state.Version =>
                Text($"not applied: checkpoint {state.Checkpoint} of {state.Version} of stream {state.Stream}"),
            _ => Applied(difference),
        };
    }

    private static string Applied(RowDifference difference) => difference switch
    {
        { Actual: null } => "applied, but the row is missing",
        { Expected: null } => "applied, but the row is extra",
        _ => $"applied, but the row differs in {string.Join(", ", difference.Columns())}",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
