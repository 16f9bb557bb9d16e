using System.Text.Json;

namespace DaprSocial.Verify.Comparing;

/// <summary>A key whose rows differ, at one moment.</summary>
/// <param name="Key">Values of the key columns.</param>
/// <param name="Expected">JSON of the row; null for none.</param>
/// <param name="Derived">For sums: what the projected rows add up to.</param>
internal sealed record RowDifference(string[] Key, string? Expected, string? Actual, string? Derived)
{
    public string KeyText => string.Join(' ', Key);

    /// <summary>The columns that differ, when both rows are there.</summary>
    public IReadOnlyList<string> Columns()
    {
        if (Expected is null || Actual is null)
            return [];
        using var expected = JsonDocument.Parse(Expected);
        using var actual = JsonDocument.Parse(Actual);
        return [.. expected.RootElement.EnumerateObject()
            .Where(column => column.Value.GetRawText() != actual.RootElement.GetProperty(column.Name).GetRawText())
            .Select(column => column.Name)];
    }
}
