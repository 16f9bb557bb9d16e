namespace DaprSocial.Projections;

/// <summary>The statements that compare a table in two schemas.</summary>
/// <remarks>Names cannot be parameters; these come from PostgreSQL's catalogue and from the services' own.</remarks>
internal sealed class TableComparison(string activeSchema, string otherSchema, string table, IReadOnlyList<string> keys)
{
    private const string Count = "select count(*) from $active.$table";

    private const string Compare = """
        select '$table', key, a.content::text, b.content::text
        from (select $key as key, to_jsonb(t) as content from $active.$table t where $condition) a
        full join (select $key as key, to_jsonb(t) as content from $other.$table t where $condition) b using (key)
        where a.content is distinct from b.content
        """;

    /// <summary>How many rows the active version has.</summary>
    public string CountRows => Fill(Count, "");

    /// <summary>The differing rows among those whose key falls into one of <c>@buckets</c> buckets.</summary>
    public string Sample => Fill(Compare, "hashtextextended($key, 0) % @buckets = 0");

    /// <summary>The differing rows among <c>@keys</c>.</summary>
    public string Again => Fill(Compare, "$key = any(@keys)");

    private string Fill(string statement, string condition) => statement
        .Replace("$condition", condition, StringComparison.Ordinal)
        .Replace("$key", $"row({string.Join(", ", keys.Select(key => $"t.{key}"))})::text", StringComparison.Ordinal)
        .Replace("$active", activeSchema, StringComparison.Ordinal)
        .Replace("$other", otherSchema, StringComparison.Ordinal)
        .Replace("$table", table, StringComparison.Ordinal);
}
