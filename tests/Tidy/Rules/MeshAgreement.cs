using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>
/// The files by which others run the mesh (dapr run, Tye, Kubernetes) say what the launcher's code says: app ids, ports
/// and paths. Nothing is configured only there.
/// </summary>
internal static class MeshAgreement
{
    private const string DaprFile = "dapr/dapr.yaml";
    private const string TyeFile = "tye.yaml";
    private const string KubernetesFolder = "dapr/kubernetes";

    public const string NoTable = "the port table is missing or cannot be read: adapt MeshTable.cs.";

    public static IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files)
    {
        var table = MeshTable.Read(files);
        return CheckPaths(files).Concat(table is null
            ? [new Finding(MeshTable.PortsPath, 1, NoTable)]
            : CheckDapr(files, table)
                .Concat(CheckTye(files, table))
                .Concat(CheckKubernetes(files, table))
                .Concat(CheckScopes(files, table)));
    }

    public static string Missing(string path) => $"there is no {path}.";

    public static string NoProject(string path) => $"{path} is no project.";

    private static IEnumerable<Finding> CheckPaths(IReadOnlyList<SourceFile> files)
    {
        var dapr = Find(files, DaprFile);
        var run = Yaml.Documents(dapr.Text)[0];
        var tye = Find(files, TyeFile);
        var root = Yaml.Documents(tye.Text)[0];
        var extensions = root.Items("extensions").ToList();
        return run.Items("common/resourcesPaths").Append(run.At("common/configFilePath"))
            .SelectMany(path => Exists(dapr, files, path))
            .Concat(run.Items("apps").Where(app => app.At("command") is not null)
                .SelectMany(app => HasProject(dapr, files, app.At("appDirPath"))))
            .Concat(extensions.SelectMany(extension => Exists(tye, files, extension.At("components-path"))))
            .Concat(extensions.SelectMany(extension => Exists(tye, files, extension.At("config"))))
            .Concat(root.Items("services").SelectMany(service => HasProject(tye, files, service.At("project"))));
    }

    private static IEnumerable<Finding> CheckDapr(IReadOnlyList<SourceFile> files, MeshTable table)
    {
        var file = Find(files, DaprFile);
        var root = Yaml.Documents(file.Text)[0];
        var apps = root.Items("apps").ToList();
        foreach (var finding in SameApps(file, table.Sidecars, apps.Select(app => app.Text("appID"))))
            yield return finding;

        foreach (var app in apps.Where(app => table.Sidecars.Contains(app.Text("appID"))))
        {
            var id = app.Text("appID")!;
            IEnumerable<Finding?> findings =
            [
                SamePort(file, id, app, "appPort", table.AppPort(id)),
                SamePort(file, id, app, "daprGRPCPort", table.SidecarGrpc(id)),
                SamePort(file, id, app, "daprHTTPPort", table.SidecarHttp(id)),
            ];
            foreach (var finding in findings.OfType<Finding>())
                yield return finding;
        }

        if (root.Text("common/appProtocol") != "grpc")
            yield return At(file, root, "common/appProtocol is not grpc, which every service speaks.");
    }

    private static IEnumerable<Finding> CheckTye(IReadOnlyList<SourceFile> files, MeshTable table)
    {
        var file = Find(files, TyeFile);
        var root = Yaml.Documents(file.Text)[0];
        var services = root.Items("services").ToList();
        foreach (var finding in SameApps(file, table.Services, services.Select(service => service.Text("name"))))
            yield return finding;

        foreach (var service in services.Where(service => table.Services.Contains(service.Text("name"))))
        {
            var id = service.Text("name")!;
            foreach (var binding in service.Items("bindings"))
            {
                if (SamePort(file, id, binding, "port", table.AppPort(id)) is { } port)
                    yield return port;
            }
        }

        foreach (var dapr in root.Items("extensions").Where(extension => extension.Text("name") == "dapr"))
        {
            foreach (var finding in CheckTyeSidecars(file, dapr, table))
                yield return finding;
        }
    }

    private static IEnumerable<Finding> CheckTyeSidecars(SourceFile file, YamlNode dapr, MeshTable table) =>
        from id in table.Services
        let sidecar = dapr.At($"services/{id}") ?? dapr
        from finding in new[]
        {
            SamePort(file, id, sidecar, "grpc-port", table.SidecarGrpc(id)),
            SamePort(file, id, sidecar, "http-port", table.SidecarHttp(id)),
        }
        where finding is not null
        select finding;

    private static IEnumerable<Finding> CheckKubernetes(IReadOnlyList<SourceFile> files, MeshTable table)
    {
        var configuration = Find(files, "dapr/config/config.yaml");
        var configurationName = Yaml.Documents(configuration.Text)[0].Text("metadata/name");
        var found = new List<string?>();
        foreach (var file in files.Where(file => file.IsUnder(KubernetesFolder)))
        {
            foreach (var deployment in Deployments(file))
            {
                var annotations = deployment.At("spec/template/metadata/annotations") ?? deployment;
                var id = Annotation(annotations, "app-id");
                found.Add(id);
                if (id is null || !table.Services.Contains(id))
                    continue;
                if (Annotation(annotations, "app-port") != Number(table.AppPort(id)))
                    yield return At(file, annotations, $"app-port of {id} is not {table.AppPort(id)}.");
                if (Annotation(annotations, "app-protocol") != "grpc")
                    yield return At(file, annotations, $"app-protocol of {id} is not grpc.");
                if (Annotation(annotations, "config") != configurationName)
                    yield return At(file, annotations, $"config of {id} is not {configurationName}.");
            }
        }

        foreach (var finding in SameApps(configuration, table.Services, found))
            yield return finding with { Path = KubernetesFolder };
    }

    private static IEnumerable<YamlNode> Deployments(SourceFile file) =>
        IsYaml(file) ? Yaml.Documents(file.Text).Where(document => document.Text("kind") == "Deployment") : [];

    private static bool IsYaml(SourceFile file) => Path.GetExtension(file.Path) == ".yaml";

    /// <summary>Components and policies are for apps that there are.</summary>
    private static IEnumerable<Finding> CheckScopes(IReadOnlyList<SourceFile> files, MeshTable table) =>
        from file in files
        where IsYaml(file) && (file.IsUnder("components") || file.IsUnder("dapr"))
        from document in Yaml.Documents(file.Text)
        from scope in document.Items("scopes")
        where !table.Sidecars.Contains(scope.ToString())
        select At(file, scope, $"the scope {scope} is no app of the mesh.");

    private static SourceFile Find(IReadOnlyList<SourceFile> files, string path) =>
        files.FirstOrDefault(file => file.Path == path) ?? throw new FileNotFoundException($"{path} is missing.");

    private static IEnumerable<Finding> SameApps(
        SourceFile file, IReadOnlyList<string> expected, IEnumerable<string?> actual)
    {
        var found = actual.Select(id => id ?? "(unnamed)").ToList();
        foreach (var id in expected.Except(found))
            yield return file.FindingOnLine(1, $"the app {id} is missing.");
        foreach (var id in found.Except(expected))
            yield return file.FindingOnLine(1, $"the app {id} is none of the mesh.");
        foreach (var id in found.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key))
            yield return file.FindingOnLine(1, $"the app {id} is there twice.");
    }

    private static Finding? SamePort(SourceFile file, string app, YamlNode node, string key, int? expected) =>
        node.Text(key) == Number(expected)
            ? null
            : At(file, node, $"{key} of {app} is not {Number(expected) ?? "absent"}.");

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<Finding> Exists(SourceFile file, IReadOnlyList<SourceFile> files, YamlNode? path)
    {
        if (path is null)
            return [];
        var resolved = RelativePaths.Join(file.Folder, path.ToString());
        var exists = files.Any(other => other.Path == resolved || other.IsUnder(resolved));
        return exists ? [] : [At(file, path, Missing(resolved))];
    }

    /// <summary>The path is a project, or a folder with one in it.</summary>
    private static IEnumerable<Finding> HasProject(SourceFile file, IReadOnlyList<SourceFile> files, YamlNode? path)
    {
        var resolved = RelativePaths.Join(file.Folder, path?.ToString() ?? "");
        var exists = files.Any(other => other.Path.EndsWith(".csproj", StringComparison.Ordinal)
            && (other.Path == resolved || other.Folder == resolved));
        return exists ? [] : [At(file, path ?? new YamlScalarNode(), NoProject(resolved))];
    }

    private static string? Annotation(YamlNode annotations, string name) =>
        annotations is YamlMappingNode map && map.Children.TryGetValue("dapr.io/" + name, out var value)
            ? ((YamlScalarNode)value).Value
            : null;

    private static Finding At(SourceFile file, YamlNode node, string message) =>
        file.FindingOnLine((int)node.Start.Line, message);
}
