namespace DaprSocial.Tidy.Tests;

/// <summary>Paths inside the repository, without asking the file system.</summary>
internal static class RelativePaths
{
    /// <summary>Resolves <c>.</c> and <c>..</c>; a path that leaves the repository keeps its <c>..</c>.</summary>
    public static string Join(string folder, string path)
    {
        var parts = new List<string>();
        foreach (var part in $"{folder}/{path}".Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".")
                continue;
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
                parts.RemoveAt(parts.Count - 1);
            else
                parts.Add(part);
        }

        return string.Join('/', parts);
    }
}
