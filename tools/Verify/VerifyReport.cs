using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DaprSocial.Verify;

/// <summary>The result of a verification.</summary>
/// <param name="EndTime">When it was done.</param>
/// <param name="SampleSize">About how many keys of each table were compared; null for all.</param>
/// <param name="AnswerCount">Timelines, lists and posts that were read through the services.</param>
/// <param name="Differences">At most 1,000 of each table.</param>
public sealed record VerifyReport(
    DateTimeOffset EndTime,
    TimeSpan Elapsed,
    int? SampleSize,
    long AnswerCount,
    IReadOnlyList<TableReport> Tables,
    IReadOnlyList<VerifyDifference> Differences)
{
    private const int PrintedMax = 50;

    // Other scripts stay readable: the report goes to a terminal or a file, not into a page.
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public long DifferenceCount => Tables.Sum(table => table.DifferenceCount);

    /// <summary>Differences of each projection, by app id; also those that have none.</summary>
    public IReadOnlyDictionary<string, long> ByProjection() => Tables.GroupBy(table => table.Projection)
        .ToDictionary(projection => projection.Key, projection => projection.Sum(table => table.DifferenceCount));

    /// <summary>App ids of the projections that differ. An answer may be wrong while they are right.</summary>
    public IReadOnlyList<string> Projections() =>
    [
        .. Tables.Where(table => table.DifferenceCount > 0 && table.Projection != Verifier.Answers)
            .Select(table => table.Projection).Distinct(),
    ];

    /// <summary>One JSON document.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, _json);

    /// <summary>The report as a person reads it.</summary>
    public void WriteText(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine($"{"",-38}{"compared",12}{"differ",10}{"moving",10}");
        foreach (var table in Tables)
        {
            var (_, name, compared, differing, moving) = table;
            output.WriteLine(Text($"{name,-38}{compared,12:N0}{differing,10:N0}{moving,10:N0}"));
        }

        if (Differences.Count > 0)
            output.WriteLine();
        foreach (var difference in Differences.Take(PrintedMax))
            Write(difference, output);
        if (DifferenceCount > PrintedMax)
        {
            var more = DifferenceCount - PrintedMax;
            output.WriteLine(Text($"… and {more:N0} more; --json lists up to 1,000 of each table."));
        }

        output.WriteLine();
        output.WriteLine(Text($"{DifferenceCount:N0} differences in {Elapsed.TotalSeconds:N1} s."));
    }

    private static void Write(VerifyDifference difference, TextWriter output)
    {
        output.WriteLine($"{difference.Table} {difference.Key}");
        output.WriteLine($"  cause:    {difference.Cause}");
        output.WriteLine($"  expected: {difference.Expected ?? "no row"}");
        output.WriteLine($"  actual:   {difference.Actual ?? "no row"}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
