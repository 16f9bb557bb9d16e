using DaprSocial.Testing;

namespace DaprSocial.Conformance.Interop;

/// <summary>The table of docs/interop.md: whose tests have which case.</summary>
internal static class InteropTable
{
    private static readonly string[] _lines = File.ReadAllLines(Path.Combine(SourceTree.Root, "docs", "interop.md"));

    private static readonly string[][] _rows = Rows();

    public static IEnumerable<string> Columns => _rows[0][1..];

    public static IEnumerable<string> Cases => _rows[1..].Select(static row => row[0]);

    /// <summary>The reasons that the table's numbers stand for.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = _lines
        .Select(static line => line.Split(". ", 2))
        .Where(static parts => parts.Length == 2 && int.TryParse(parts[0], out _))
        .ToDictionary(static parts => parts[0], static parts => parts[1]);

    public static IEnumerable<string> Cells => _rows[1..].SelectMany(static row => row[1..]);

    public static TheoryData<string> CasesOf(string column) => [.. OutcomesOf(column).Where(IsRun).Select(CaseOf)];

    /// <summary>The cases of a column, each with what becomes of it: <c>ok</c>, or <c>absent</c>.</summary>
    public static TheoryData<string, string> Outcomes(string column)
    {
        var data = new TheoryData<string, string>();
        foreach (var (name, outcome) in OutcomesOf(column))
            data.Add(name, outcome);
        return data;
    }

    public static IEnumerable<(string Case, string Outcome)> OutcomesOf(string column)
    {
        var index = Array.IndexOf(_rows[0], column);
        Assert.True(index > 0, $"docs/interop.md has no column {column}.");
        return _rows[1..].Select(row => (row[0], row[index].Split(' ')[0]));
    }

    private static bool IsRun((string Case, string Outcome) row) => row.Outcome == "ok";

    private static string CaseOf((string Case, string Outcome) row) => row.Case;

    private static string[][] Rows() =>
    [
        .. _lines.SkipWhile(static line => !line.StartsWith("| case |", StringComparison.Ordinal))
            .TakeWhile(static line => line.StartsWith('|'))
            .Where(static line => !line.StartsWith("|--", StringComparison.Ordinal))
            .Select(static line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];
}
