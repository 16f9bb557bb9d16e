using DaprSocial.Caching;
using DaprSocial.Consistency;
using DaprSocial.Events;
using DaprSocial.Posts.Queries;
using DaprSocial.Projections;

namespace DaprSocial.Posts.Storage;

/// <summary>The cache of post views, of the version of the projection that the call reads.</summary>
internal sealed class PostViewCache(VersionedCache cache, IProjectionVersion version)
{
    public bool IsOn => cache.IsOn;

    /// <summary>Two versions of the projection never answer for each other.</summary>
    public static string KeyOf(PostId id, int version) => $"post:{version}:{id}";

    /// <param name="ids">Each once.</param>
    /// <param name="covered">
    /// State that the answer says it covers. Only its author changes a post: whoever is named has their posts read from
    /// the store, for the cache may not know yet that one is deleted.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<CachedPosts> LookAsync(
        IReadOnlyList<PostId> ids, ConsistencyToken covered, CancellationToken cancellationToken)
    {
        var authors = covered.Streams.Where(stream => stream.Topic == Topics.Posts)
            .Select(stream => new UserId(stream.Stream)).ToHashSet();
        var look = await cache.LookAsync([.. ids.Select(id => KeyOf(id))], cancellationToken);
        var (views, deleted) = (new Dictionary<PostId, ViewedPost>(), new HashSet<PostId>());
        foreach (var id in ids)
        {
            if (!look.Entries.TryGetValue(KeyOf(id), out var entry))
                continue;
            if (entry.IsTombstone)
                deleted.Add(id);
            else if (CachedPost.Decode(id, entry) is { } view && !authors.Contains(view.Post.AuthorId))
                views[id] = view;
        }

        return new CachedPosts(views, deleted, look);
    }

    public Task FillAsync(CachedPosts known, IReadOnlyList<ViewedPost> read, CancellationToken cancellationToken) =>
        cache.FillAsync(
            known.Look, read.ToDictionary(view => KeyOf(view.Post.Id), CachedPost.Encode), cancellationToken);

    private string KeyOf(PostId id) => KeyOf(id, version.Number);
}
