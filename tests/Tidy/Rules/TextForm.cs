namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>How every text file is written down: what no difference between versions should be about.</summary>
internal static class TextForm
{
    public static IEnumerable<Finding> Check(SourceFile file)
    {
        // `dotnet sln` writes that file in a form of its own, at every change.
        if (file.Text.Length == 0 || file.Path.EndsWith(".sln", StringComparison.Ordinal))
            yield break;
        var end = file.Text.Length - 1;
        if (file.Text[0] == '\uFEFF')
            yield return file.FindingAt(0, "starts with a byte order mark: save without.");
        if (file.Text[end] != '\n')
            yield return file.FindingAt(end, "ends without a newline: add one.");
        if (file.Text.EndsWith("\n\n", StringComparison.Ordinal))
            yield return file.FindingAt(end, "ends with an empty line: remove it.");

        var number = 0;
        foreach (var line in file.Text.Split('\n'))
        {
            number++;
            foreach (var message in CheckLine(line))
                yield return file.FindingOnLine(number, message);
        }
    }

    private static IEnumerable<string> CheckLine(string line)
    {
        if (line.Contains('\r'))
            yield return "holds a carriage return: lines end with LF.";
        var bare = line.TrimEnd('\r');
        if (bare.Length > 0 && char.IsWhiteSpace(bare[^1]))
            yield return "ends with white space: remove it.";
    }
}
