using System.Collections.Frozen;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DaprSocial.Sidecar.Components;

/// <summary>
/// Reads component manifests by daprd's rules: *.yaml and *.yml directly in the directory, several documents a file,
/// documents of other kinds passed over.
/// </summary>
internal static class ComponentLoader
{
    public static IReadOnlyList<Component> Load(string directory)
    {
        if (!Directory.Exists(directory))
            throw new ComponentException($"the components directory {directory} does not exist");

        var components = new List<Component>();
        foreach (var file in Directory.EnumerateFiles(directory).Where(IsManifest).Order(StringComparer.Ordinal))
            components.AddRange(Parse(file));
        if (components.GroupBy(component => component.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ComponentException($"{directory}: several components are named {twice.Key}");
        return components;
    }

    private static bool IsManifest(string file) => Path.GetExtension(file) is ".yaml" or ".yml";

    private static List<Component> Parse(string file)
    {
        var stream = new YamlStream();
        try
        {
            using var text = File.OpenText(file);
            stream.Load(text);
        }
        catch (YamlException malformed)
        {
            throw new ComponentException($"{file}: {malformed.Message}", malformed);
        }

        return stream.Documents
            .Select(document => document.RootNode)
            .OfType<YamlMappingNode>()
            .Where(root => Text(root, "kind") == "Component")
            .Select(root => Read(file, root))
            .ToList();
    }

    private static Component Read(string file, YamlMappingNode root)
    {
        var spec = Child(root, "spec") as YamlMappingNode;
        var name = Text(Child(root, "metadata"), "name");
        var type = Text(spec, "type");
        if (string.IsNullOrEmpty(name) || string.IsNullOrEmpty(type))
            throw new ComponentException($"{file}: a component needs metadata.name and spec.type");
        if (!Component.KnownTypes.Contains(type))
        {
            var known = string.Join(", ", Component.KnownTypes.Order());
            throw new ComponentException($"{file}: component {name} has the unknown type {type}; known are {known}");
        }

        var scopes = (Child(root, "scopes") as YamlSequenceNode)?.Select(node => node.ToString()) ?? [];
        return new Component(
            name, type, Text(spec, "version") ?? "v1", ReadMetadata(file, name, spec!), scopes.ToFrozenSet());
    }

    private static FrozenDictionary<string, string> ReadMetadata(string file, string component, YamlMappingNode spec)
    {
        var metadata = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in Child(spec, "metadata") as YamlSequenceNode ?? [])
        {
            if (Text(item, "name") is not { } name || Text(item, "value") is not { } value)
                throw new ComponentException($"{file}: component {component}: an item of metadata lacks name or value");
            metadata[name] = value;
        }

        return metadata.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static YamlNode? Child(YamlNode? node, string key) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(key, out var child) ? child : null;

    private static string? Text(YamlNode? node, string key) => (Child(node, key) as YamlScalarNode)?.Value;
}
