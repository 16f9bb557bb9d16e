namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>Lines of source fit beside each other in a comparison of two versions.</summary>
internal static class LineWidth
{
    public const int ColumnsMax = 120;

    public static IEnumerable<Finding> Check(SourceFile file)
    {
        if (file.IsGenerated || !(file.IsCSharp || file.IsProto))
            return [];
        return file.Text.Split('\n').Index()
            .Select(line => (Number: line.Index + 1, Columns: line.Item.EnumerateRunes().Count()))
            .Where(line => line.Columns > ColumnsMax)
            .Select(line => file.FindingOnLine(
                line.Number, $"has {line.Columns} columns, limit {ColumnsMax}: break it."));
    }
}
