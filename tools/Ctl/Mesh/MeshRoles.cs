namespace DaprSocial.Ctl.Mesh;

/// <summary>The roles that a service process can play.</summary>
internal static class MeshRoles
{
    public const string All = "commands,queries,relay,consumers";

    private const string Queries = "queries";

    private static readonly string[] _known = All.Split(',');

    /// <summary>Whether services of these roles answer reads.</summary>
    public static bool HasQueries(string roles) => roles.Split(',').Contains(Queries);

    /// <returns>The roles in their usual order, comma-separated, each once.</returns>
    public static string Parse(string? list)
    {
        if (list is null)
            return All;
        var asked = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var unknown = asked.Except(_known).ToList();
        if (asked.Length == 0 || unknown.Count > 0)
        {
            throw new CtlException(
                asked.Length == 0 ? "--roles names no role." : $"Unknown role: {string.Join(", ", unknown)}.",
                $"Choose some of {All}.",
                ExitCodes.Usage);
        }

        return string.Join(',', _known.Where(asked.Contains));
    }
}
