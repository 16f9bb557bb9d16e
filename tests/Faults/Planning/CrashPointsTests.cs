using System.Text.RegularExpressions;
using DaprSocial.Faults.Planning;
using DaprSocial.Testing;

namespace DaprSocial.Faults.Tests.Planning;

public sealed partial class CrashPointsTests
{
    [Fact]
    public void All_ComparedWithTheCode_NamesEachPlaceOnce()
    {
        var root = SourceTree.Root;
        var inCode = new[] { "platform", "services" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(path => Hit().Matches(File.ReadAllText(path)))
            .Select(match => match.Groups[1].Value)
            .Order();

        Assert.Equal(inCode, CrashPoints.All.Order());
    }

    [GeneratedRegex("""CrashPoint\.Hit\("([^"]+)"\)""")]
    private static partial Regex Hit();
}
