using System.Globalization;
using System.Text.RegularExpressions;

namespace DaprSocial.Tidy.Tests;

/// <summary>App ids and ports as the launcher's code has them, read from its text.</summary>
/// <param name="Services">App ids in the order of their ports.</param>
/// <param name="Edge">App id of the sidecar without an app.</param>
/// <param name="Constants">The numbers of <c>MeshPorts.cs</c> by name.</param>
internal sealed partial record MeshTable(
    IReadOnlyList<string> Services, string Edge, IReadOnlyDictionary<string, int> Constants)
{
    public const string PortsPath = "tools/Ctl/Mesh/MeshPorts.cs";
    public const string AppsPath = "tools/Ctl/Mesh/MeshApps.cs";

    public IReadOnlyList<string> Sidecars => [Edge, .. Services];

    private int Base => Constants["DefaultBase"];

    /// <summary>Null where the launcher is not there, or no longer in a form that this understands.</summary>
    public static MeshTable? Read(IReadOnlyList<SourceFile> files)
    {
        var ports = files.FirstOrDefault(file => file.Path == PortsPath);
        var apps = files.FirstOrDefault(file => file.Path == AppsPath);
        if (ports is null || apps is null)
            return null;

        var ids = TextPattern().Matches(apps.Text)
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value);
        var services = ServicesPattern().Match(apps.Text).Groups["names"].Value
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var constants = NumberPattern().Matches(ports.Text).ToDictionary(
            match => match.Groups["name"].Value,
            match => int.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));
        string[] needed = ["DefaultBase", "SidecarGrpcOffset", "SidecarHttpOffset", "PostgresOffset", "RedisOffset"];
        var hasApps = services.Length > 0 && services.Append("Edge").All(ids.ContainsKey);
        return hasApps && needed.All(constants.ContainsKey)
            ? new MeshTable([.. services.Select(name => ids[name])], ids["Edge"], constants)
            : null;
    }

    /// <summary>The port of a service's own listener; null for the edge, which has none.</summary>
    public int? AppPort(string app) => app == Edge ? null : Base + IndexOf(app);

    public int SidecarGrpc(string app) => Base + Constants["SidecarGrpcOffset"] + IndexOf(app);

    public int SidecarHttp(string app) => Base + Constants["SidecarHttpOffset"] + IndexOf(app);

    public IReadOnlySet<int> AllPorts() => Services.Select(app => AppPort(app)!.Value)
        .Concat(Sidecars.SelectMany(app => (int[])[SidecarGrpc(app), SidecarHttp(app)]))
        .Concat(Services.Select(app => AppPort(app)!.Value + Constants.GetValueOrDefault("ServiceHttpOffset")))
        .Append(Base + Constants["PostgresOffset"])
        .Append(Base + Constants["RedisOffset"])
        .ToHashSet();

    private int IndexOf(string app) => Sidecars.ToList().IndexOf(app);

    [GeneratedRegex("""\bconst string (?<name>\w+) = "(?<value>[^"]*)";""")]
    private static partial Regex TextPattern();

    [GeneratedRegex(@"\bServices\b[^=]*=\s*\[(?<names>[^\]]*)\]")]
    private static partial Regex ServicesPattern();

    [GeneratedRegex(@"\bconst int (?<name>\w+) = (?<value>\d+);")]
    private static partial Regex NumberPattern();
}
