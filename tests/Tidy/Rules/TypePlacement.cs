using System.Text.RegularExpressions;
using DaprSocial.Tidy.Tests.CSharp;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>One type a file, named like the file; a slice file holds the command or query, its result and its handler.</summary>
internal static partial class TypePlacement
{
    private const int SliceTypesMax = 3;

    public static IEnumerable<Finding> Check(SourceFile file)
    {
        if (!file.IsCSharp || file.IsGenerated) return [];
        var types = file.Declarations.Types.Where(type => !type.IsNested).ToList();
        var expected = file.Name.Split('.')[0];
        return file.IsOneOf(SliceFiles()) ? CheckSlice(file, types, expected) : CheckPlain(file, types, expected);
    }

    private static IEnumerable<Finding> CheckPlain(SourceFile file, List<TypeDeclaration> types, string expected) => types
        .Where(type => type.Name != expected)
        .Select(type => file.FindingOnLine(type.Line, $"{type.Name} belongs in a file of its own, {type.Name}.cs."));

    private static IEnumerable<Finding> CheckSlice(SourceFile file, List<TypeDeclaration> types, string expected)
    {
        foreach (var type in types.Where(type => !type.Name.StartsWith(expected, StringComparison.Ordinal)))
        {
            yield return file.FindingOnLine(
                type.Line, $"{type.Name} is no part of the slice {expected}: it belongs in {type.Name}.cs.");
        }

        if (types.Count > SliceTypesMax)
        {
            yield return file.FindingOnLine(
                types[SliceTypesMax].Line, $"{types.Count} types in a slice: it holds a request, a result and a handler.");
        }
    }

    [GeneratedRegex("^services/[^/]+/(?:Commands|Queries)/")]
    private static partial Regex SliceFiles();
}
