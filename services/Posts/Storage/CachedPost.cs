using System.Text.Json;
using DaprSocial.Caching;
using DaprSocial.Posts.Queries;
using DaprSocial.Posts.V1;
using Post = DaprSocial.Posts.Domain.Post;

namespace DaprSocial.Posts.Storage;

/// <summary>What the cache keeps of a live post: nothing that depends on the viewer, and no counts.</summary>
internal sealed record CachedPost(
    Guid AuthorId, string Text, Guid? ReplyTo, Guid? ParentAuthorId, Guid? RootId, string Language,
    Visibility Visibility, string? After, string? Media)
{
    public static CacheEntry Encode(ViewedPost view)
    {
        var post = view.Post;
        if (post.IsDeleted)
            return CacheEntry.Tombstone(post.EntityVersion);
        var cached = new CachedPost(
            post.AuthorId.Value, post.Text, post.ReplyTo?.Value, post.ParentAuthorId?.Value, post.RootId?.Value,
            post.Language, post.Visibility, view.After, AttachmentText.Encode(post.Media));
        return new CacheEntry(post.EntityVersion, JsonSerializer.SerializeToUtf8Bytes(cached));
    }

    /// <returns>Without counts; null when the entry is none that this release can read.</returns>
    public static ViewedPost? Decode(PostId id, CacheEntry entry)
    {
        try
        {
            return JsonSerializer.Deserialize<CachedPost>(entry.Value.Span)?.ToView(id, entry.Version);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private ViewedPost ToView(PostId id, long version) => new(
        new Post(
            id, new UserId(AuthorId), Text, ReplyTo is { } reply ? new PostId(reply) : null,
            ParentAuthorId is { } parent ? new UserId(parent) : null, RootId is { } root ? new PostId(root) : null,
            Language, Visibility, IsDeleted: false, version)
        {
            // One that an earlier release has cached says nothing of it: it had nothing to say.
            Media = AttachmentText.Decode(Media ?? ""),
        },
        After, 0, 0, false, false);
}
