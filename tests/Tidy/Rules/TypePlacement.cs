using System.Text.RegularExpressions;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>One type a file, named like it; a slice file holds a command or query with result and handler.</summary>
internal static partial class TypePlacement
{
    private const int SliceTypesMax = 3;

    public static IEnumerable<Finding> Check(SourceFile file)
    {
        if (!file.IsCSharp || file.IsGenerated)
            return [];
        var types = file.Declarations.Types.Where(type => !type.IsNested).ToList();
        var expected = file.Name.Split('.')[0];
        var isSlice = file.IsOneOf(SliceFiles()) && types.Any(type => type.Name == expected + "Handler");
        return isSlice
            ? types.Skip(SliceTypesMax).Select(type => file.FindingOnLine(
                type.Line, $"{type.Name} is one too many: a slice holds a command or query, a result, a handler."))
            : types.Where(type => type.Name != expected).Select(type => file.FindingOnLine(
                type.Line, $"{type.Name} belongs in a file of its own, {type.Name}.cs."));
    }

    [GeneratedRegex("^services/[^/]+/(?:Commands|Queries)/")]
    private static partial Regex SliceFiles();
}
