using System.Globalization;
using System.Text.RegularExpressions;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>Every reason that the contract promises is given by some code and provoked by some test.</summary>
internal static partial class ErrorReasonCoverage
{
    private const string Contract = "protos/daprsocial/errors/v1/error_reason.proto";

    // This table names every reason, so that a name in it proves nothing.
    private const string CodesOfReasons = "platform/Errors/ErrorReasons.cs";

    public static IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files)
    {
        var contract = files.FirstOrDefault(file => file.Path == Contract);
        if (contract is null)
            yield break;
        var code = files
            .Where(file => file is { IsCSharp: true, IsTest: false } && file.Path != CodesOfReasons)
            .ToList();
        var tests = files.Where(file => file is { IsCSharp: true, IsTestOfServices: true }).ToList();
        foreach (var value in ValuePattern().Matches(contract.Text).Where(value => value.Groups[2].Value != "0"))
        {
            var reason = value.Groups[1].Value;
            var member = $@"\bErrorReason\s*\.\s*{MemberOf(reason)}\b";
            if (!code.Any(file => Regex.IsMatch(file.Code, member)))
                yield return contract.FindingAt(value.Index, Ungiven(reason));
            else if (!tests.Any(file => Regex.IsMatch(file.Code, member) || IsQuoted(file, reason)))
                yield return contract.FindingAt(value.Index, Unprovoked(reason));
        }
    }

    public static string Ungiven(string reason) => $"the reason {reason} is given by no code.";

    public static string Unprovoked(string reason) => $"the reason {reason} is provoked by no test.";

    private static bool IsQuoted(SourceFile file, string reason) => file.Segments.Any(segment =>
        segment.Kind == CSharp.SegmentKind.Literal && file.TextOf(segment).Trim('"') == reason);

    private static string MemberOf(string reason) => string.Concat(reason.Split('_')
        .Select(word => word[..1] + word[1..].ToLower(CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"\bERROR_REASON_(\w+)\s*=\s*(\d+)\s*;")]
    private static partial Regex ValuePattern();
}
