namespace DaprSocial.Search.Text;

/// <summary>A part of a text in UTF-16 code units; the end is not part of it.</summary>
internal readonly record struct TextSpan(int Start, int End)
{
    /// <summary>The same in order, and those that touch or overlap as one.</summary>
    public static IReadOnlyList<TextSpan> Merge(IEnumerable<TextSpan> spans)
    {
        var merged = new List<TextSpan>();
        foreach (var span in spans.OrderBy(span => span.Start).ThenBy(span => span.End))
        {
            if (merged.Count > 0 && span.Start <= merged[^1].End)
                merged[^1] = new TextSpan(merged[^1].Start, Math.Max(merged[^1].End, span.End));
            else
                merged.Add(span);
        }

        return merged;
    }
}
