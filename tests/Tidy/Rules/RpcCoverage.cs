using System.Text.RegularExpressions;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>Every RPC of ours is served by somebody and called by a test.</summary>
internal static partial class RpcCoverage
{
    public static IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files)
    {
        var servers = files.Where(file => file.IsCSharp && file.IsOneOf(ServingFiles())).ToList();
        var tests = files.Where(file => file.IsCSharp && file.IsTestOfServices).ToList();
        return from proto in files
               where proto.IsProto && proto.IsUnder("protos/daprsocial")
               from service in ServicesOf(proto)
               from finding in Check(proto, service, servers, tests)
               select finding;
    }

    public static string Unserved(string name) => $"{name} is served by no Api/*.cs of a service.";

    public static string Uncalled(string rpc) => $"{rpc} is called by no test.";

    private static IEnumerable<Finding> Check(
        SourceFile proto, Service service, List<SourceFile> servers, List<SourceFile> tests)
    {
        var baseClass = $@"\b{service.Name}\s*\.\s*{service.Name}Base\b";
        var own = servers.Where(file => Regex.IsMatch(file.Code, baseClass)).ToList();
        if (own.Count == 0)
        {
            yield return proto.FindingOnLine(service.Line, Unserved(service.Name));
            yield break;
        }

        foreach (var (rpc, line) in service.Rpcs)
        {
            var name = $"{service.Name}.{rpc}";
            if (!own.Any(file => Regex.IsMatch(file.Code, $@"\boverride\b[^;{{}}=]*\b{rpc}\s*\(")))
                yield return proto.FindingOnLine(line, Unserved(name));
            else if (!tests.Any(file => Regex.IsMatch(file.Code, $@"\.\s*{rpc}(?:Async)?\s*\(")))
                yield return proto.FindingOnLine(line, Uncalled(name));
        }
    }

    private static List<Service> ServicesOf(SourceFile proto)
    {
        var services = new List<Service>();
        foreach (var (index, line) in proto.Text.Split('\n').Index())
        {
            if (ServicePattern().Match(line) is { Success: true } service)
                services.Add(new Service(service.Groups[1].Value, index + 1, []));
            else if (RpcPattern().Match(line) is { Success: true } rpc)
                services[^1].Rpcs.Add((rpc.Groups[1].Value, index + 1));
        }

        return services;
    }

    [GeneratedRegex("^(?:services/[^/]+/Api/|platform/)")]
    private static partial Regex ServingFiles();

    [GeneratedRegex(@"^\s*service\s+(\w+)")]
    private static partial Regex ServicePattern();

    [GeneratedRegex(@"^\s*rpc\s+(\w+)")]
    private static partial Regex RpcPattern();

    private sealed record Service(string Name, int Line, List<(string Name, int Line)> Rpcs);
}
