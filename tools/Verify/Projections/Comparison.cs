using DaprSocial.Events;

namespace DaprSocial.Verify.Projections;

/// <summary>
/// What one projected table must hold. Both statements name schemas in braces: <c>{posts}</c> holds what Posts decided,
/// <c>{posts.projected}</c> what it projected.
/// </summary>
/// <param name="Name">Table, and which side of it where it has several comparisons.</param>
/// <param name="AppId">Whose projection it is.</param>
/// <param name="Keys">Key columns.</param>
/// <param name="Columns">All other columns of both statements.</param>
/// <param name="ExpectedSql">Recomputes the rows from the command stores.</param>
/// <param name="ActualSql">The rows as they were projected.</param>
/// <param name="BaseTable">Decides how many rows there are about, when only some are compared.</param>
/// <param name="Topic">Events of this topic lead to the rows.</param>
/// <param name="EntityId">
/// The entity of those events, of the key columns of the alias <c>k</c>; empty where many entities make one row.
/// </param>
internal sealed record Comparison(
    string Name,
    string AppId,
    IReadOnlyList<KeyColumn> Keys,
    IReadOnlyList<string> Columns,
    string ExpectedSql,
    string ActualSql,
    string BaseTable,
    string Topic,
    string EntityId)
{
    /// <summary>
    /// For sums: the same of the projected rows that are summed, in the column of that name. A sum that equals it is
    /// only as late as those rows, and they have a comparison of their own.
    /// </summary>
    public string? DerivedSql { get; init; }

    public string Owner => Topics.OwnerOf(Topic);
}
