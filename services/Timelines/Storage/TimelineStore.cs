using Dapper;
using DaprSocial.Hosting;
using DaprSocial.Timelines.Domain;

namespace DaprSocial.Timelines.Storage;

/// <summary>Composes timelines from what was projected. This is the truth of what a timeline is.</summary>
internal sealed class TimelineStore(ReadSource source)
{
    // A post that is not public waits until this service has applied what it was written after.
    private const string PreconditionsHold = """
        not exists (
            select 1 from post_precondition c
            left join checkpoint k on k.topic = c.topic and k.stream = c.stream
            where c.post_id = p.post_id and coalesce(k.version, 0) < c.version)
        """;

    // A visibility that is not known here is of a later version of the contract; its author alone sees such a post.
    // A block ends the followings, so that nothing of a blocked user is in here. One short index scan for each author;
    // at most 5,001 of them, because nobody follows more than 5,000.
    private const string ComposeHome = $"""
        select t.post_id, t.author_id
        from (
            select followee_id as author_id from follow_edge where follower_id = @user and following
            union all
            select @user
        ) a
        cross join lateral (
            select p.post_id, p.author_id from author_timeline p
            where p.author_id = a.author_id and not p.deleted and p.post_id < @before
                and (p.parent_author_id is null or p.parent_author_id = @user or exists (
                    select 1 from follow_edge f
                    where f.follower_id = @user and f.followee_id = p.parent_author_id and f.following))
                and (p.visibility = 1 or p.author_id = @user or (p.visibility = 2 and {PreconditionsHold}))
            order by p.post_id desc limit @limit
        ) t
        order by t.post_id desc limit @limit
        """;

    private const string ReadAuthor = $"""
        select p.post_id, p.author_id from author_timeline p
        where p.author_id = @author and not p.deleted and p.post_id < @before
            and (p.visibility = 1 or p.author_id = @viewer or (p.visibility = 2 and {PreconditionsHold} and exists (
                select 1 from follow_edge f
                where f.follower_id = @viewer and f.followee_id = p.author_id and f.following)))
            and not exists (
                select 1 from block_edge b
                where b.blocker_id = @viewer and b.blocked_id = @author and b.blocking)
            and not exists (
                select 1 from block_edge b
                where b.blocker_id = @author and b.blocked_id = @viewer and b.blocking)
        order by p.post_id desc limit @limit
        """;

    // An author's timeline has every reply; a home timeline only those to somebody followed.
    private const string FindMissing = """
        select o.post_id from unnest(@ids, @parents, @versions) as o(post_id, parent_author_id, entity_version)
        where not exists (
                select 1 from author_timeline p
                where p.post_id = o.post_id and p.entity_version >= o.entity_version)
            and (not @inHome or o.parent_author_id is null or o.parent_author_id = @user or exists (
                select 1 from follow_edge f
                where f.follower_id = @user and f.followee_id = o.parent_author_id and f.following))
        """;

    /// <summary>The user's home timeline below an id, newest first.</summary>
    public Task<IReadOnlyList<EntryId>> ComposeHomeAsync(
        UserId user, Guid before, int limit, CancellationToken cancellationToken) =>
        ReadAsync(ComposeHome, new { user = user.Value, before, limit }, cancellationToken);

    /// <summary>An author's posts below an id that a viewer may see, newest first.</summary>
    public Task<IReadOnlyList<EntryId>> ReadAuthorAsync(
        UserId author, UserId? viewer, Guid before, int limit, CancellationToken cancellationToken) =>
        ReadAsync(ReadAuthor, new { author = author.Value, viewer = viewer?.Value, before, limit }, cancellationToken);

    /// <summary>Those of a user's own posts that belong in a timeline and were not projected.</summary>
    public async Task<IReadOnlySet<PostId>> FindMissingAsync(
        UserId user, IReadOnlyCollection<TimelinePost> posts, bool inHome, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            user = user.Value,
            inHome,
            ids = posts.Select(post => post.Id.Value).ToArray(),
            parents = posts.Select(post => post.ParentAuthorId?.Value).ToArray(),
            versions = posts.Select(post => post.EntityVersion).ToArray(),
        };
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<Guid>(
            new CommandDefinition(FindMissing, parameters, cancellationToken: cancellationToken));
        return rows.Select(id => new PostId(id)).ToHashSet();
    }

    private async Task<IReadOnlyList<EntryId>> ReadAsync(
        string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await source.DataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(Guid Post, Guid Author)>(
            new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        return [.. rows.Select(row => new EntryId(new PostId(row.Post), new UserId(row.Author)))];
    }
}
