namespace DaprSocial.Faults.Driving;

/// <summary>
/// Judges a page of an author's timeline that says that it covers the author's token. Pure.
/// </summary>
internal static class TimelineOracle
{
    /// <param name="known">What was acknowledged before the token was taken.</param>
    /// <param name="page">The first page, newest first.</param>
    /// <param name="isLast">Whether no other page follows.</param>
    /// <param name="seesAll">Whether the reader may see what is for followers.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static string Judge(
        IReadOnlyList<(PostRecord Post, bool WasDeleted)> known, IReadOnlyList<Guid> page, bool isLast, bool seesAll)
    {
        for (var place = 1; place < page.Count; place++)
        {
            if (page[place].CompareTo(page[place - 1]) >= 0)
                return $"{page[place]} follows {page[place - 1]}";
        }

        var shown = page.ToHashSet();
        foreach (var (post, wasDeleted) in known)
        {
            if (wasDeleted && shown.Contains(post.Id))
                return $"{post.Id} was deleted and is there";
            // An older page holds it, if it is below this one's end.
            var isInReach = isLast || page.Count == 0 || post.Id.CompareTo(page[^1]) > 0;
            if (!post.IsDeleteBegun && isInReach && (seesAll || !post.FollowersOnly) && !shown.Contains(post.Id))
                return $"{post.Id} was acknowledged and is not there";
        }

        return "";
    }
}
