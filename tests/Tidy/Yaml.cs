using YamlDotNet.RepresentationModel;

namespace DaprSocial.Tidy.Tests;

/// <summary>Reads YAML as a tree, without types.</summary>
internal static class Yaml
{
    public static IReadOnlyList<YamlNode> Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => document.RootNode)];
    }

    /// <summary>The node below a path of keys, for example <c>metadata/name</c>; null where there is none.</summary>
    public static YamlNode? At(this YamlNode? node, string path) => path.Split('/').Aggregate(
        node,
        static (current, key) =>
            current is YamlMappingNode map && map.Children.TryGetValue(key, out var child) ? child : null);

    /// <summary>The text of a scalar below a path; null where there is none.</summary>
    public static string? Text(this YamlNode? node, string path) => (node.At(path) as YamlScalarNode)?.Value;

    /// <summary>The items of a sequence below a path; none where there is none.</summary>
    public static IEnumerable<YamlNode> Items(this YamlNode? node, string path) =>
        node.At(path) as YamlSequenceNode ?? [];
}
