using Dapper;
using DaprSocial.Posts.V1;
using DaprSocial.Search.Domain;
using DaprSocial.Search.Index;
using DaprSocial.Search.Text;
using Npgsql;

namespace DaprSocial.Search.Storage;

/// <summary>Puts documents into PostgreSQL's index, and keeps count of the words of public posts.</summary>
internal sealed class PostgresIndexWriter(StemCache stems) : ISearchIndexWriter
{
    // Writers take turns: they count the same frequent words, so that their rows would make them wait anyway, and the
    // counts are right only if nobody changes a document between the look at it and the change.
    private const string TakeTurn =
        "select pg_advisory_xact_lock(hashtextextended('daprsocial.search.' || current_schema(), 0))";

    private const string ReadKnown = """
        select post_id, entity_version, case when not deleted and visibility = @public then text else '' end
        from post_document where post_id = any(@ids)
        """;

    private const string PutPosts = """
        insert into post_document as d (
            post_id, author_id, parent_author_id, visibility, language, text, has_media, deleted, entity_version, terms)
        select c.post_id, c.author_id, c.parent_author_id, c.visibility, c.language, c.text, c.has_media, c.deleted,
            c.entity_version, c.terms::tsvector
        from unnest(
            @ids, @authors, @parents, @visibilities, @languages, @texts, @media, @deleted, @versions, @terms)
            as c(post_id, author_id, parent_author_id, visibility, language, text, has_media, deleted, entity_version,
                terms)
        order by c.post_id
        on conflict (post_id) do update
        set parent_author_id = excluded.parent_author_id, visibility = excluded.visibility,
            language = excluded.language, text = excluded.text, has_media = excluded.has_media,
            deleted = excluded.deleted, entity_version = excluded.entity_version, terms = excluded.terms
        where d.entity_version < excluded.entity_version
        """;

    private const string CountWords = """
        insert into search_word as w (word, post_count)
        select c.word, c.change from unnest(@words, @changes) as c(word, change)
        order by c.word collate "C"
        on conflict (word) do update set post_count = w.post_count + excluded.post_count
        """;

    private const string ForgetWords = "delete from search_word where word = any(@words) and post_count = 0";

    private const string PutUsers = """
        insert into user_document as d (id, handle, display_name, bio, deleted, entity_version, terms)
        select c.id, c.handle, c.display_name, c.bio, c.deleted, c.entity_version, c.terms::tsvector
        from unnest(@ids, @handles, @names, @bios, @deleted, @versions, @terms)
            as c(id, handle, display_name, bio, deleted, entity_version, terms)
        order by c.id
        on conflict (id) do update
        set handle = excluded.handle, display_name = excluded.display_name, bio = excluded.bio,
            deleted = excluded.deleted, entity_version = excluded.entity_version, terms = excluded.terms
        where d.entity_version < excluded.entity_version
        """;

    public async Task PutAsync(
        IReadOnlyCollection<PostDocument> posts, IReadOnlyCollection<UserDocument> users,
        NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        if (posts.Count > 0)
            await PutPostsAsync(posts, transaction, cancellationToken);
        if (users.Count > 0)
            await ExecuteAsync(PutUsers, ParametersOf([.. users]), transaction, cancellationToken);
    }

    private async Task PutPostsAsync(
        IReadOnlyCollection<PostDocument> posts, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await ExecuteAsync(TakeTurn, null, transaction, cancellationToken);
        var known = (await transaction.Connection!.QueryAsync<(Guid Id, long Version, string Text)>(
            new CommandDefinition(
                ReadKnown,
                new { ids = posts.Select(post => post.Id.Value).ToArray(), @public = (short)Visibility.Public },
                transaction, cancellationToken: cancellationToken))).ToDictionary(row => new PostId(row.Id));
        var newer = posts
            .Where(post => !known.TryGetValue(post.Id, out var row) || row.Version < post.EntityVersion)
            .Select(post => (Post: post, Tokens: Tokenizer.Cut(post.Text))).ToList();
        if (newer.Count == 0)
            return;

        var forms = await stems.ReadAsync(
            newer.SelectMany(post => Lexemes.StemsOf(post.Tokens, post.Post.Language)),
            () => ValueTask.FromResult(transaction.Connection!), cancellationToken);
        await ExecuteAsync(PutPosts, ParametersOf(newer, forms), transaction, cancellationToken);
        var gone = newer.Where(post => known.ContainsKey(post.Post.Id))
            .Select(post => Tokenizer.Cut(known[post.Post.Id].Text));
        var come = newer.Where(post => post.Post.Visibility == Visibility.Public).Select(post => post.Tokens);
        await CountAsync(WordChanges.Of(gone, come), transaction, cancellationToken);
    }

    private static async Task CountAsync(
        IReadOnlyDictionary<string, long> changes, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        if (changes.Count == 0)
            return;
        var parameters = new { words = changes.Keys.ToArray(), changes = changes.Values.ToArray() };
        await ExecuteAsync(CountWords, parameters, transaction, cancellationToken);
        var fewer = changes.Where(change => change.Value < 0).Select(change => change.Key).ToArray();
        if (fewer.Length > 0)
            await ExecuteAsync(ForgetWords, new { words = fewer }, transaction, cancellationToken);
    }

    private static Task<int> ExecuteAsync(
        string sql, object? parameters, NpgsqlTransaction transaction, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            sql, parameters, transaction, cancellationToken: cancellationToken));

    private static object ParametersOf(
        List<(PostDocument Post, IReadOnlyList<Token> Tokens)> posts,
        Stems forms) => new
        {
            ids = posts.Select(post => post.Post.Id.Value).ToArray(),
            authors = posts.Select(post => post.Post.AuthorId.Value).ToArray(),
            parents = posts.Select(post => post.Post.ParentAuthorId?.Value).ToArray(),
            visibilities = posts.Select(post => (short)post.Post.Visibility).ToArray(),
            languages = posts.Select(post => post.Post.Language).ToArray(),
            texts = posts.Select(post => post.Post.Text).ToArray(),
            media = posts.Select(post => post.Post.HasMedia).ToArray(),
            deleted = posts.Select(post => post.Post.IsDeleted).ToArray(),
            versions = posts.Select(post => post.Post.EntityVersion).ToArray(),
            terms = posts.Select(post => post.Post.IsDeleted
                ? null
                : Lexemes.VectorOf(post.Tokens, post.Post.Language, forms)).ToArray(),
        };

    private static object ParametersOf(List<UserDocument> users) => new
    {
        ids = users.Select(user => user.Id.Value).ToArray(),
        handles = users.Select(user => user.Handle).ToArray(),
        names = users.Select(user => user.DisplayName).ToArray(),
        bios = users.Select(user => user.Bio).ToArray(),
        deleted = users.Select(user => user.IsDeleted).ToArray(),
        versions = users.Select(user => user.EntityVersion).ToArray(),
        terms = users.Select(user => user.IsDeleted ? null : Lexemes.VectorOf(user)).ToArray(),
    };
}
