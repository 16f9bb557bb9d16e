using System.Globalization;
using System.Text.Json;

namespace DaprSocial.Ctl.Erasing;

/// <summary>What an erase has done, store by store, and what a search found afterwards.</summary>
/// <param name="Erased">Every store, those with nothing to erase too.</param>
/// <param name="Parked">Parked streams of the user that could not go on, by service and topic.</param>
/// <param name="Found">Tables in which something of the user is left, with the number of rows.</param>
/// <param name="DifferenceCount">Of projections and command stores, by a verification of every row.</param>
internal sealed record EraseReceipt(
    Guid UserId,
    DateTimeOffset Time,
    IReadOnlyList<EraseStep> Erased,
    IReadOnlyList<string> Parked,
    long SearchedTableCount,
    IReadOnlyList<EraseStep> Found,
    long DifferenceCount)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>What no command of ours reaches.</summary>
    public IReadOnlyList<string> NotReached { get; } =
    [
        "backups of PostgreSQL",
        "what the broker keeps of delivered events: as long as its retention says",
        "caches: at most 60 s",
        "what others wrote about the user",
    ];

    /// <summary>Whether nothing is left and everything derived is right.</summary>
    public bool IsClean => Parked.Count == 0 && Found.Count == 0 && DifferenceCount == 0;

    public string ToJson() => JsonSerializer.Serialize(this, _json);

    public void WriteText(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(Text($"Erased user {UserId}, {Time:yyyy-MM-dd HH:mm:ss} UTC"));
        foreach (var (store, count) in Erased)
            output.WriteLine(Text($"  {store,-38}{count,10:N0} rows"));
        output.WriteLine();
        foreach (var stream in Parked)
            output.WriteLine($"  still parked: {stream}; its events are erased, but not all of them are applied");
        foreach (var (store, count) in Found)
            output.WriteLine(Text($"  still in {store}: {count:N0} rows"));
        var outcome = Found.Count == 0 ? "nothing is left" : "see above";
        output.WriteLine(Text($"Searched {SearchedTableCount} tables: {outcome}."));
        output.WriteLine(Text($"Verified every row: {DifferenceCount:N0} differences."));
        output.WriteLine($"Not reached: {string.Join("; ", NotReached)}.");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
