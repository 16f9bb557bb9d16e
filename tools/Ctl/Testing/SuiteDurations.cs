using System.Text.Json;

namespace DaprSocial.Ctl.Testing;

/// <summary>How long each suite took last time, so that the longest starts first and does not end alone.</summary>
internal sealed class SuiteDurations(string path)
{
    private readonly Dictionary<string, double> _secondsByName = Read(path);

    /// <summary>The longest first; suites that are not known yet, the biggest first, before all others.</summary>
    public IReadOnlyList<TestProject> LongestFirst(IEnumerable<TestProject> projects) =>
        [.. projects
            .OrderByDescending(project => _secondsByName.GetValueOrDefault(project.Name, double.MaxValue))
            .ThenByDescending(static project => project.Weight)];

    public void Record(IEnumerable<SuiteResult> results)
    {
        foreach (var result in results)
            _secondsByName[result.Name] = result.Elapsed.TotalSeconds;
        File.WriteAllText(path, JsonSerializer.Serialize(_secondsByName));
    }

    private static Dictionary<string, double> Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, double>>(File.ReadAllText(path)) ?? [];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return [];
        }
    }
}
