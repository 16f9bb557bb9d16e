using System.Globalization;
using Dapper;
using DaprSocial.Events;
using Npgsql;

namespace DaprSocial.Verify.Projections;

/// <summary>
/// Where each service keeps what it decided, and where the version of its projections that it serves: the schema named
/// like the app, and <c>{app}_v{n}</c>.
/// </summary>
internal sealed class SchemaNames
{
    private const string ReadActive = "select version from {app}.projection_version where state = 'active'";

    private static readonly IReadOnlyList<string> _apps =
        [AppIds.Users, AppIds.Posts, AppIds.Graph, AppIds.Timelines, AppIds.Media, AppIds.Search];

    private readonly Dictionary<string, string> _projected = [];

    private SchemaNames()
    {
    }

    public static async Task<SchemaNames> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var names = new SchemaNames();
        foreach (var app in _apps)
            names._projected[app] = await ReadProjectedAsync(connection, app, cancellationToken);
        return names;
    }

    /// <summary>Puts the schemas in the place of their names in braces.</summary>
    public string In(string sql)
    {
        foreach (var app in _apps)
        {
            sql = sql.Replace($"{{{app}}}", app, StringComparison.Ordinal)
                .Replace($"{{{app}.projected}}", _projected[app], StringComparison.Ordinal);
        }

        return sql;
    }

    /// <summary>As <see cref="In(string)"/>, of one service: <c>{app}</c> and <c>{projected}</c>.</summary>
    public string In(string sql, string app) => sql.Replace("{app}", app, StringComparison.Ordinal)
        .Replace("{projected}", _projected[app], StringComparison.Ordinal);

    private static async Task<string> ReadProjectedAsync(
        NpgsqlConnection connection, string app, CancellationToken cancellationToken)
    {
        var version = await connection.QuerySingleOrDefaultAsync<int?>(new CommandDefinition(
            ReadActive.Replace("{app}", app, StringComparison.Ordinal), cancellationToken: cancellationToken));
        return version is { } active
            ? string.Create(CultureInfo.InvariantCulture, $"{app}_v{active}")
            : throw new VerifyException($"{app}.projection_version names no active version.");
    }
}
