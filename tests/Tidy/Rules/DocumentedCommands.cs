using System.Text.RegularExpressions;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>What a document tells one to type is there: scripts, what ./social takes, RPCs, ports.</summary>
internal static partial class DocumentedCommands
{
    public static IEnumerable<Finding> Check(SourceFile file, IReadOnlyList<SourceFile> files)
    {
        if (!file.IsMarkdown)
            return [];
        var code = Markdown.Code(file.Text).ToList();

        // Without the launcher's source there is nothing to compare with; that it is missing is found elsewhere.
        var hasLauncher = files.Any(other => other.IsUnder("tools/Ctl"));
        return Scripts(file, files, code)
            .Concat(hasLauncher ? Commands(file, files, code) : [])
            .Concat(hasLauncher ? Options(file, files, code) : [])
            .Concat(Rpcs(file, files, code))
            .Concat(Ports(file, files, code));
    }

    public static string NoScript(string name) => $"there is no script {name}.";

    private static IEnumerable<Finding> Scripts(
        SourceFile file, IReadOnlyList<SourceFile> files, List<(int Index, string Code)> code) =>
        Find(code, ScriptPattern())
            .Where(match => files.All(other => other.Path != match.Word))
            .Select(match => file.FindingAt(match.Index, NoScript(match.Word)));

    private static IEnumerable<Finding> Commands(
        SourceFile file, IReadOnlyList<SourceFile> files, List<(int Index, string Code)> code) =>
        Find(code, CommandPattern())
            .Where(match => !IsQuotedInLauncher(files, match.Word))
            .Select(match => file.FindingAt(match.Index, $"./social has no command {match.Word}."));

    private static IEnumerable<Finding> Options(
        SourceFile file, IReadOnlyList<SourceFile> files, List<(int Index, string Code)> code) =>
        Find(code, LineOfSocial())
            .SelectMany(line => OptionPattern().Matches(line.Word).Select(match => (line.Index, Option: match.Value)))
            .Where(match => !IsQuotedInLauncher(files, match.Option))
            .Select(match => file.FindingAt(match.Index, $"./social has no option {match.Option}."));

    private static IEnumerable<Finding> Rpcs(
        SourceFile file, IReadOnlyList<SourceFile> files, List<(int Index, string Code)> code) =>
        Find(code, RpcPattern())
            .Where(match => !IsRpc(files, match.Word))
            .Select(match => file.FindingAt(match.Index, $"there is no RPC {match.Word}."));

    private static IEnumerable<Finding> Ports(
        SourceFile file, IReadOnlyList<SourceFile> files, List<(int Index, string Code)> code)
    {
        var ports = MeshTable.Read(files)?.AllPorts();
        return ports is null ? [] : Find(code, PortPattern())
            .Where(match => !ports.Contains(int.Parse(match.Word, null)))
            .Select(match => file.FindingAt(match.Index, $"nothing of ours listens on 127.0.0.1:{match.Word}."));
    }

    private static IEnumerable<(int Index, string Word)> Find(List<(int Index, string Code)> code, Regex pattern) =>
        code.SelectMany(part => pattern.Matches(part.Code)
            .Select(match => (part.Index + match.Groups[1].Index, match.Groups[1].Value)));

    private static bool IsQuotedInLauncher(IReadOnlyList<SourceFile> files, string word) => files
        .Where(file => file.IsCSharp && file.IsUnder("tools/Ctl"))
        .Any(file => file.Text.Contains($"\"{word}\"", StringComparison.Ordinal));

    private static bool IsRpc(IReadOnlyList<SourceFile> files, string fullName)
    {
        var (service, rpc) = fullName.Split('/') is [var left, var right] ? (left, right) : (fullName, "");
        var dot = service.LastIndexOf('.');
        return files.Where(file => file.IsProto).Any(file =>
            file.Text.Contains($"package {service[..dot]};", StringComparison.Ordinal)
            && Regex.IsMatch(file.Text, $@"^service {service[(dot + 1)..]} ", RegexOptions.Multiline)
            && Regex.IsMatch(file.Text, $@"^\s*rpc {rpc}\(", RegexOptions.Multiline));
    }

    [GeneratedRegex(@"(?<![\w./])\./((?:\.?[\w-]+/)*[\w.-]*\w)", RegexOptions.Multiline)]
    private static partial Regex ScriptPattern();

    [GeneratedRegex(@"\./social ([a-z]+)\b")]
    private static partial Regex CommandPattern();

    [GeneratedRegex(@"(\./social [^\n#|]*)")]
    private static partial Regex LineOfSocial();

    [GeneratedRegex(@"--[a-z][a-z-]*")]
    private static partial Regex OptionPattern();

    [GeneratedRegex(@"\b(daprsocial\.\w+\.v\d+\.\w+Service/\w+)")]
    private static partial Regex RpcPattern();

    [GeneratedRegex(@"\b127\.0\.0\.1:(\d+)")]
    private static partial Regex PortPattern();
}
