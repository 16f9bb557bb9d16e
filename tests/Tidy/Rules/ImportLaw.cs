using System.Xml.Linq;
using DaprSocial.Tidy.Tests.CSharp;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>Who may reference whom: tools, services → platform → protos, and never a service another one.</summary>
internal static class ImportLaw
{
    private const string Polyfills = "platform/polyfills";

    private static readonly Part _driver = new("tools", "Load");

    public static IEnumerable<Finding> Check(SourceFile file)
    {
        if (!IsProject(file))
            yield break;
        var from = PartOf(file.Path);
        foreach (var reference in XDocument.Parse(file.Text).Descendants("ProjectReference"))
        {
            var include = reference.Attribute("Include")?.Value ?? "";
            var target = Resolve(file.Folder, include);
            if (IsAllowed(from, PartOf(target), target))
                continue;
            var line = CodeText.LineAt(file.Text, Math.Max(0, file.Text.IndexOf(include, StringComparison.Ordinal)));
            yield return file.FindingOnLine(line, $"{from} must not reference {target}: {LawOf(from)}");
        }
    }

    private static bool IsProject(SourceFile file) =>
        Path.GetExtension(file.Path) is ".csproj" or ".props" or ".targets";

    private static bool IsAllowed(Part from, Part to, string target) => from.Area switch
    {
        "protos" => target == Polyfills + "/Grpc.Core.Api/Grpc.Core.Api.csproj",
        Polyfills => to.Area == Polyfills,
        "platform" => to.Area is "protos" or "platform" or Polyfills,
        "services" => to.Area is "protos" or "platform" or Polyfills || to == from,
        "tools" when from.Unit == "Ctl" => to.Area != "tests",
        // The driver and checker of the mesh is what benches and verification are made of, too.
        "tools" => to.Area is "protos" or "platform" or Polyfills || to == from || to == _driver,
        "tests" => true,
        _ => false,
    };

    private static string LawOf(Part from) => from.Area switch
    {
        "protos" => "protos reference only platform/polyfills/Grpc.Core.Api.",
        Polyfills => "a polyfill stands in for a package and knows only other polyfills.",
        "platform" => "platform references protos and platform.",
        "services" => "a service reaches another through its generated client or its events.",
        "tools" => "tools reference platform, protos and tools/Load; only tools/Ctl and tests host services.",
        _ => "projects live in protos, platform, services, tools or tests.",
    };

    private static Part PartOf(string path)
    {
        var folders = path.Split('/');
        if (path.StartsWith(Polyfills + "/", StringComparison.Ordinal))
            return new Part(Polyfills, folders[2]);
        return new Part(folders[0], folders[0] != "protos" && folders.Length > 2 ? folders[1] : "");
    }

    private static string Resolve(string folder, string include)
    {
        var path = include.Replace('\\', '/');
        const string fromRoot = "$(RepositoryRoot)";
        if (path.StartsWith(fromRoot, StringComparison.Ordinal))
            return path[fromRoot.Length..].TrimStart('/');
        return RelativePaths.Join(folder, path);
    }

    /// <summary>Area = top folder; unit = the service, tool or library in it.</summary>
    private sealed record Part(string Area, string Unit)
    {
        public override string ToString() => Unit.Length == 0 ? Area : $"{Area}/{Unit}";
    }
}
