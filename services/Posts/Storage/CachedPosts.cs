using DaprSocial.Caching;
using DaprSocial.Posts.Queries;

namespace DaprSocial.Posts.Storage;

/// <summary>What the cache knows of some posts.</summary>
/// <param name="Views">Of live posts, without counts.</param>
/// <param name="Deleted">Posts that are deleted.</param>
/// <param name="Look">For what is read from the store instead of the others.</param>
internal sealed record CachedPosts(
    IReadOnlyDictionary<PostId, ViewedPost> Views, IReadOnlySet<PostId> Deleted, CacheLook Look);
