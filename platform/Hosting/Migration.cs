using System.Reflection;

namespace DaprSocial.Hosting;

/// <summary>One SQL file that a schema must have seen, once.</summary>
/// <param name="Name">
/// File name with its owner, for example <c>Posts/0001_posts.sql</c>; never changes once released.
/// </param>
/// <param name="Sql">The statements.</param>
public sealed record Migration(string Name, string Sql)
{
    /// <summary>The files that an assembly embeds below <c>Migrations</c>, in order of their names.</summary>
    public static IEnumerable<Migration> In(Assembly assembly)
    {
        var owner = assembly.GetName().Name!;
        foreach (var resource in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            const string Folder = ".Migrations.";
            var start = resource.IndexOf(Folder, StringComparison.Ordinal);
            if (start < 0)
                continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            yield return new Migration($"{owner}/{resource[(start + Folder.Length)..]}", reader.ReadToEnd());
        }
    }
}
