using DaprSocial.Posts.V1;
using DaprSocial.Search.Domain;
using static DaprSocial.SearchIndex.Tests.World;

namespace DaprSocial.SearchIndex.Tests;

/// <summary>Late, repeated, reordered and concurrent puts.</summary>
internal static class VersionChecks
{
    public static IReadOnlyList<ContractCheck> All { get; } =
    [
        new("empty", "An index with nothing in it answers everything with nothing.", async index =>
        {
            Assert.Empty(await index.FindAsync("word"));
            Assert.Empty(await index.FindAsync(Top("word")));
            Assert.Empty(await index.FindUsersAsync("ada"));
            Assert.Empty(await index.FindSimilarAsync("wrod"));
            Assert.Empty(await index.Index.FindHandlesAsync(["ada"], CancellationToken.None));
            Assert.Empty(await index.Index.HighlightAsync(Recent("word").Required, [], CancellationToken.None));
        }),
        new("duplicate", "Putting the same document again changes nothing, word counts included.", async index =>
        {
            var post = Post("singular");
            await index.PutAsync(post);
            await index.PutAsync(post);

            Assert.Equal([post.Id], await index.FindAsync("singular"));
            await index.PutAsync(PostDocument.Stub(post.Id, post.AuthorId, 2));
            Assert.Empty(await index.FindSimilarAsync("singulor"));
        }),
        new("newer", "A greater entity version takes the place of a document with all its words.", async index =>
        {
            var post = Post("before");
            await index.PutAsync(post);
            await index.PutAsync(post with { Text = "after", EntityVersion = 2 });

            Assert.Empty(await index.FindAsync("before"));
            Assert.Equal([post.Id], await index.FindAsync("after"));
            Assert.Empty(await index.FindSimilarAsync("befora"));
        }),
        new("reordered", "An older version that comes late changes nothing.", async index =>
        {
            var post = Post("newest") with { EntityVersion = 3 };
            await index.PutAsync(post);
            await index.PutAsync(post with { Text = "oldest", EntityVersion = 2 });

            Assert.Equal([post.Id], await index.FindAsync("newest"));
            Assert.Empty(await index.FindAsync("oldest"));
            Assert.Empty(await index.FindSimilarAsync("oldost"));
        }),
        new("delete", "A stub ends a document: not found, and none of its words is suggested.", async index =>
        {
            var post = Post("confidential matter");
            await index.PutAsync(post);
            await index.PutAsync(PostDocument.Stub(post.Id, post.AuthorId, 2));

            Assert.Empty(await index.FindAsync("confidential"));
            Assert.Empty(await index.FindSimilarAsync("confidentail"));
        }),
        new("resurrect", "A stub that came first keeps the document of its past from appearing.", async index =>
        {
            var post = Post("risen");
            await index.PutAsync(PostDocument.Stub(post.Id, post.AuthorId, 2));
            await index.PutAsync(post);
            await index.PutAsync(post);

            Assert.Empty(await index.FindAsync("risen"));
            Assert.Empty(await index.FindSimilarAsync("risan"));
        }),
        new("user-resurrect", "An erased user is not found, and does not come back by a late event.", async index =>
        {
            var user = User(Ada, "ada_late", "Ada");
            await index.PutAsync(user);
            await index.PutAsync(UserDocument.Stub(Ada, 2));
            await index.PutAsync(user);

            Assert.Empty(await index.FindUsersAsync("ada", isTypeahead: true));
            Assert.Empty(await index.Index.FindHandlesAsync(["ada_late"], CancellationToken.None));
        }),
        new("concurrent", "Writers at once leave of each document the greatest version.", async index =>
        {
            var posts = Enumerable.Range(0, 20).Select(i => Post("contended", hours: i)).ToList();
            await Task.WhenAll(Enumerable.Range(1, 6).Select(version => index.PutAsync([
                .. posts.Select(post => version == 6
                    ? PostDocument.Stub(post.Id, post.AuthorId, version)
                    : post with { EntityVersion = version }),
            ])));

            Assert.Empty(await index.FindAsync("contended"));
            Assert.Empty(await index.FindSimilarAsync("contanded"));
        }),
        new("concurrent-new", "Writers of other posts with the same new words do not stop each other.", async index =>
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => index.PutAsync([
                .. Enumerable.Range(0, 20).Select(i => Post($"shared word{i} zeta alpha", hours: writer * 20 + i)),
            ])));

            Assert.Equal(160, (await index.FindAsync(Recent("shared alpha") with { Limit = 1000 })).Count);
        }),
        new("cancelled", "A put that was given up has changed nothing; a search that was given up ends.", async index =>
        {
            using var cancelled = new CancellationTokenSource();
            await cancelled.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => index.PutAsync([Post("given up")], [], cancelled.Token));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => index.Index.SearchPostsAsync(Recent("given"), cancelled.Token));
            Assert.Empty(await index.FindAsync("given"));
        }),
        new("visibility-changed", "What ceases to be public ceases to be suggested.", async index =>
        {
            var post = Post("withdrawn");
            await index.PutAsync(post);
            await index.PutAsync(post with { Visibility = Visibility.Followers, EntityVersion = 2 });

            Assert.Empty(await index.FindAsync("withdrawn"));
            Assert.Empty(await index.FindSimilarAsync("withdrewn"));
        }),
    ];
}
