using System.Globalization;
using System.Text;
using DaprSocial.Verify.Projections;

namespace DaprSocial.Verify.Comparing;

/// <summary>Makes the one statement that compares: a full outer join that answers only what differs.</summary>
internal static class ComparisonSql
{
    /// <summary>Differences that are answered; all are counted.</summary>
    public const int ShownMax = 1_000;

    private const string Frame = """
        with expected as (select * from ({expected}) x where {scope}),
            actual as (select * from ({actual}) x where {scope}){derived},
            difference as (
                select array[{keyTexts}] as key, {expectedJson} as expected, {actualJson} as actual,
                    {derivedJson} as derived, count(*) over () as total
                from expected e full join actual a on {join}{derivedJoin}
                where ({isMissing} or {isExtra} or {isOther}){derivedFilter}
                order by {keys} limit {limit}
            )
        select n.compared, coalesce(d.total, 0) as total, d.key, d.expected, d.actual, d.derived
        from (select count(*) as compared from expected) n left join difference d on true
        """;

    /// <returns>A statement whose schemas are still in braces.</returns>
    public static string Of(Comparison comparison, Scope scope)
    {
        var first = comparison.Keys[0].Name;
        var derived = comparison.DerivedSql;
        var parts = new Dictionary<string, string>
        {
            ["{expected}"] = comparison.ExpectedSql,
            ["{actual}"] = comparison.ActualSql,
            ["{derived}"] = derived is null ? "" : $",\n    derived as (select * from ({derived}) x where {{scope}})",
            ["{scope}"] = ScopeOf(comparison, scope),
            ["{keyTexts}"] = Join(", ", comparison, key => $"coalesce(e.{key.Name}, a.{key.Name})::text"),
            ["{keys}"] = Join(", ", comparison, key => $"coalesce(e.{key.Name}, a.{key.Name})"),
            ["{join}"] = Join(" and ", comparison, key => $"e.{key.Name} = a.{key.Name}"),
            ["{derivedJoin}"] = derived is null
                ? ""
                : "\n    left join derived d on "
                    + Join(" and ", comparison, key => $"d.{key.Name} = coalesce(e.{key.Name}, a.{key.Name})"),
            ["{expectedJson}"] = JsonOf("e", first),
            ["{actualJson}"] = JsonOf("a", first),
            ["{derivedJson}"] = derived is null ? "null::text" : JsonOf("d", first),
            ["{isMissing}"] = $"a.{first} is null",
            ["{isExtra}"] = $"e.{first} is null",
            ["{isOther}"] = IsOther(comparison, "e", "a"),
            // A sum that equals that of the projected rows is as late as they are, no more.
            ["{derivedFilter}"] = derived is null ? "" : $" and ({IsOther(comparison, "d", "a")})",
            ["{limit}"] = ShownMax.ToString(CultureInfo.InvariantCulture),
        };
        var sql = new StringBuilder(Frame);
        foreach (var (name, text) in parts)
            sql.Replace(name, text);
        return sql.ToString();
    }

    // Buckets go by the first key column alone: a sample holds all rows of a few things.
    internal static string ScopeOf(Comparison comparison, Scope scope)
    {
        if (scope.Keys is not null)
        {
            // The first key alone as well: that reaches below a grouping and finds an index.
            var first = comparison.Keys[0];
            var arrays = string.Join(
                ", ", comparison.Keys.Select((key, number) => $"@key{number}::text[]::{key.Type}[]"));
            return $"x.{first.Name} = any(@key0::text[]::{first.Type}[]) "
                + $"and ({Join(", ", comparison, key => $"x.{key.Name}")}) in (select * from unnest({arrays}))";
        }

        if (scope.BucketCount <= 1)
            return "true";
        return $"(hashtextextended(x.{comparison.Keys[0].Name}::text, 0) & 9223372036854775807) % @buckets = @bucket";
    }

    private static string JsonOf(string alias, string key) =>
        $"case when {alias}.{key} is not null then to_jsonb({alias})::text end";

    private static string IsOther(Comparison comparison, string left, string right) => comparison.Columns.Count == 0
        ? "false"
        : string.Join(
            " or ", comparison.Columns.Select(column => $"{left}.{column} is distinct from {right}.{column}"));

    private static string Join(string separator, Comparison comparison, Func<KeyColumn, string> text) =>
        string.Join(separator, comparison.Keys.Select(text));
}
