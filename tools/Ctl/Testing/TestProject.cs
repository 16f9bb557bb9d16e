using System.Xml.Linq;

namespace DaprSocial.Ctl.Testing;

/// <summary>One suite: a test project below <c>tests/</c>.</summary>
/// <param name="FullOnly">Its project says <c>FullOnly</c>: all its tests are for <c>--full</c>.</param>
/// <param name="Weight">Bytes of source: a stand-in for the suite's duration until it is known.</param>
internal sealed record TestProject(string Name, string Path, bool FullOnly, long Weight)
{
    public static IReadOnlyList<TestProject> FindAll(string root)
    {
        var folder = System.IO.Path.Combine(root, "tests");
        return !Directory.Exists(folder)
            ? []
            :
            [
                .. Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories)
                    .Where(static path => !path.Split('/').Any(static part => part is "bin" or "obj"))
                    .Order(StringComparer.Ordinal)
                    .Select(TryRead)
                    .OfType<TestProject>(),
            ];
    }

    /// <returns>Null when the project is not one of tests, but a library that tests share.</returns>
    private static TestProject? TryRead(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        var elements = XDocument.Load(path).Descendants().ToList();
        bool IsTrue(string property) => elements.Any(
            element => element.Name.LocalName == property
                && element.Value.Trim().Equals("true", StringComparison.OrdinalIgnoreCase));
        var referencesSdk = elements.Any(static element =>
            element.Name.LocalName == "PackageReference"
            && (string?)element.Attribute("Include") == "Microsoft.NET.Test.Sdk");
        if (!name.EndsWith(".Tests", StringComparison.Ordinal) && !IsTrue("IsTestProject") && !referencesSdk)
            return null;
        var folder = System.IO.Path.GetDirectoryName(path)!;
        var weight = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Sum(static file => new FileInfo(file).Length);
        return new TestProject(name, path, IsTrue("FullOnly"), weight);
    }
}
