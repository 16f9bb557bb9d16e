namespace DaprSocial.Load.Reporting;

/// <summary>What was compared with the command stores, for every user in them.</summary>
/// <param name="Users">Users in the command store.</param>
/// <param name="HomeTimelines">Home timelines, each by ids and hydrated.</param>
/// <param name="AuthorTimelines">Author timelines, each as the author and as somebody else.</param>
/// <param name="RelationCounts">Pairs of counts of followers and followees.</param>
/// <param name="RelationLists">Complete lists of followers or followees.</param>
/// <param name="Posts">Posts by id, with counts; deleted ones must be missing.</param>
/// <param name="Threads">Lists of replies.</param>
/// <param name="Searches">Searches for words of an author's posts.</param>
/// <param name="FoundPosts">Public posts that were looked for by one of their words.</param>
/// <param name="Pages">Pages read.</param>
/// <param name="Entries">Entries on them.</param>
/// <param name="Writes">Acknowledged commands that were looked for.</param>
public sealed record CheckFigures(
    int Users,
    long HomeTimelines,
    long AuthorTimelines,
    long RelationCounts,
    long RelationLists,
    long Posts,
    long Threads,
    long Searches,
    long FoundPosts,
    long Pages,
    long Entries,
    int Writes);
