using System.Reflection;

namespace DaprSocial.Hosting;

/// <summary>One SQL file that a schema must have seen, once.</summary>
/// <param name="Name">
/// File name with its owner, for example <c>Posts/0001_posts.sql</c>; never changes once released.
/// </param>
/// <param name="Sql">The statements.</param>
public sealed record Migration(string Name, string Sql)
{
    /// <summary>The folder of what commands and the log need, in the schema named like the service.</summary>
    public const string CommandFolder = "Migrations";

    /// <summary>The folder of projected tables, in a schema for each version of the projection.</summary>
    public const string ProjectionFolder = "ProjectedTables";

    /// <summary>The files that an assembly embeds below a folder, in order of their names.</summary>
    public static IEnumerable<Migration> In(Assembly assembly, string folder = CommandFolder)
    {
        var owner = assembly.GetName().Name!;
        foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            var start = resource.IndexOf($".{folder}.", StringComparison.Ordinal);
            if (start < 0)
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return new Migration($"{owner}/{resource[(start + folder.Length + 2)..]}", reader.ReadToEnd());
        }
    }
}
