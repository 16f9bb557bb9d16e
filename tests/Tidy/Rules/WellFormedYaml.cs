using YamlDotNet.Core;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>Every YAML file can be read, also those that only another machine's tools read.</summary>
internal static class WellFormedYaml
{
    public static IEnumerable<Finding> Check(SourceFile file)
    {
        if (Path.GetExtension(file.Path) is not (".yaml" or ".yml"))
            return [];
        try
        {
            return Yaml.Documents(file.Text).Count > 0 ? [] : [file.FindingOnLine(1, "holds no document.")];
        }
        catch (YamlException e)
        {
            return [file.FindingOnLine((int)e.Start.Line, e.Message)];
        }
    }
}
