using DaprSocial.Tidy.Tests.CSharp;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>Limits that stop a file or a method from growing until nobody reads it.</summary>
internal static class SizeLimits
{
    public const int FileLinesMax = 400;
    public const int MethodLinesMax = 70;

    public static IEnumerable<Finding> Check(SourceFile file)
    {
        if (!file.IsCSharp || file.IsGenerated)
            yield break;
        var lines = CodeText.LineAt(file.Text, file.Text.TrimEnd('\n').Length);
        if (lines > FileLinesMax)
        {
            yield return file.FindingOnLine(
                FileLinesMax + 1, $"{lines} lines, limit {FileLinesMax}: give a concept of its own a file of its own.");
        }

        foreach (var member in file.Declarations.Members.Where(member => member.Lines > MethodLinesMax))
        {
            yield return file.FindingOnLine(
                member.FirstLine, $"{member.Name} has {member.Lines} lines, limit {MethodLinesMax}: name its parts.");
        }
    }
}
