namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>How every text file is written down: what a difference between two versions should never be about.</summary>
internal static class TextForm
{
    public const int ColumnsMax = 120;

    public static IEnumerable<Finding> Check(SourceFile file)
    {
        if (file.Text.Length == 0) yield break;
        if (file.Text[0] == '\uFEFF') yield return file.FindingOnLine(1, "starts with a byte order mark: save without.");
        if (file.Text[^1] != '\n') yield return file.FindingAt(file.Text.Length - 1, "ends without a newline: add one.");
        if (file.Text.EndsWith("\n\n", StringComparison.Ordinal))
        {
            yield return file.FindingAt(file.Text.Length - 1, "ends with an empty line: remove it.");
        }

        var number = 0;
        foreach (var line in file.Text.Split('\n'))
        {
            number++;
            foreach (var message in CheckLine(file, line)) yield return file.FindingOnLine(number, message);
        }
    }

    private static IEnumerable<string> CheckLine(SourceFile file, string line)
    {
        if (line.Contains('\r')) yield return "holds a carriage return: lines end with LF.";
        var bare = line.TrimEnd('\r');
        if (bare.Length > 0 && char.IsWhiteSpace(bare[^1])) yield return "ends with white space: remove it.";
        if (!file.IsCSharp && !file.IsProto) yield break;
        if (file.IsGenerated) yield break;
        var columns = bare.EnumerateRunes().Count();
        if (columns > ColumnsMax) yield return $"has {columns} columns, limit {ColumnsMax}: break it.";
    }
}
