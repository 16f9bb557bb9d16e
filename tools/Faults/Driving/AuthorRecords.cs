using System.Collections.Concurrent;

namespace DaprSocial.Faults.Driving;

/// <summary>Which posts authors were told to have, as the load goes.</summary>
internal sealed class AuthorRecords
{
    private readonly ConcurrentDictionary<Guid, List<PostRecord>> _posts = new();

    public void Created(Guid author, Guid post, bool followersOnly)
    {
        var posts = _posts.GetOrAdd(author, _ => []);
        lock (posts)
            posts.Add(new PostRecord(post, followersOnly));
    }

    public void DeleteBegun(Guid author, Guid post) => Find(author, post).IsDeleteBegun = true;

    public void Deleted(Guid author, Guid post) => Find(author, post).IsDeleted = true;

    /// <summary>What is known now, with the deletions as they were now.</summary>
    public IReadOnlyList<(PostRecord Post, bool WasDeleted)> Of(Guid author)
    {
        if (!_posts.TryGetValue(author, out var posts))
            return [];
        lock (posts)
            return [.. posts.Select(post => (post, post.IsDeleted))];
    }

    private PostRecord Find(Guid author, Guid post)
    {
        var posts = _posts[author];
        lock (posts)
            return posts.First(record => record.Id == post);
    }
}
