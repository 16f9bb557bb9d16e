using DaprSocial.Timelines.Domain;

namespace DaprSocial.Timelines.Queries;

/// <summary>
/// What the viewer wrote and deleted that the projections do not know yet, to be laid over a timeline. Pure.
/// </summary>
/// <param name="Posts">The posts in their newest state, tombstones among them.</param>
internal sealed record OwnPosts(IReadOnlyCollection<TimelinePost> Posts)
{
    /// <summary>Those that are to be added, as long as they are not known to be there.</summary>
    public IReadOnlyList<TimelinePost> Written => [.. Posts.Where(post => !post.IsDeleted)];

    /// <summary>How many are to be left out at most.</summary>
    public int DeletedCount => Posts.Count(post => post.IsDeleted);

    /// <summary>The same without what was written and does not belong there, or is there in a newer state.</summary>
    public OwnPosts Keep(IReadOnlySet<PostId> ids) =>
        new([.. Posts.Where(post => post.IsDeleted || ids.Contains(post.Id))]);

    /// <summary>The timeline with these laid over it.</summary>
    /// <param name="skeleton">Newest first; at least so many more than the limit as are left out, if there are.</param>
    /// <param name="before">Ids below this only.</param>
    /// <param name="limit">Entries at most.</param>
    public IReadOnlyList<EntryId> LayOver(IReadOnlyList<EntryId> skeleton, Guid before, int limit)
    {
        var deleted = Posts.Where(post => post.IsDeleted).Select(post => post.Id).ToHashSet();
        return
        [
            .. skeleton.Where(entry => !deleted.Contains(entry.PostId))
                .Concat(Written.Where(post => post.Id.Value.CompareTo(before) < 0)
                    .Select(post => new EntryId(post.Id, post.AuthorId)))
                .DistinctBy(entry => entry.PostId)
                .OrderByDescending(entry => entry.PostId.Value)
                .Take(limit),
        ];
    }
}
