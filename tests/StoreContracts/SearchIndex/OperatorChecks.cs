using static DaprSocial.SearchIndex.Tests.World;

namespace DaprSocial.SearchIndex.Tests;

/// <summary>What a query can say besides words.</summary>
internal static class OperatorChecks
{
    public static IReadOnlyList<ContractCheck> All { get; } =
    [
        new("all-words", "All words must be there, in any order.", async index =>
        {
            var both = Post("red and green");
            await index.PutAsync(both, Post("red only"), Post("green only"));

            Assert.Equal([both.Id], await index.FindAsync("green red"));
        }),
        new("phrase", "A phrase is words in this order, next to each other.", async index =>
        {
            var phrase = Post("the quick brown fox");
            await index.PutAsync(phrase, Post("brown and quick"), Post("quick or brown"));

            Assert.Equal([phrase.Id], await index.FindAsync("\"quick brown\""));
        }),
        new("phrase-literal", "A phrase is words as they are written.", async index =>
        {
            await index.PutAsync(Post("brown houses"));

            Assert.Empty(await index.FindAsync("\"brown house\""));
        }),
        new("exclude", "Words, tags and phrases can be left out.", async index =>
        {
            var plain = Post("tea");
            await index.PutAsync(plain, Post("tea with milk"), Post("tea #break"), Post("tea for two"));

            Assert.Equal([plain.Id], await index.FindAsync("tea -milk -#break -\"for two\""));
        }),
        new("tag", "A tag is found by its tag and by its word; a word not by a tag.", async index =>
        {
            var tag = Post("early #Morning", hours: 1);
            var word = Post("good morning", hours: 2);
            await index.PutAsync(tag, word);

            Assert.Equal([tag.Id], await index.FindAsync("#morning"));
            Assert.Equal([word.Id, tag.Id], await index.FindAsync("morning"));
        }),
        new("tag-chinese", "Tags have letters of all scripts.", async index =>
        {
            var tag = Post("#早安 大家", "zh");
            await index.PutAsync(tag, Post("早安 大家", "zh"));

            Assert.Equal([tag.Id], await index.FindAsync("#早安"));
        }),
        new("prefix", "The beginning of a word finds words, and never what an index keeps beside them.", async index =>
        {
            var post = Post("wonderful");
            await index.PutAsync(post, Post("stems", "de"), Post("english_stem"));

            Assert.Equal([post.Id], await index.FindAsync("wonder*"));
            Assert.Empty(await index.FindAsync("german*"));
        }),
        new("authors", "Posts of any of the authors; of none when none is named.", async index =>
        {
            var ada = Post("authored", hours: 1);
            var bob = Post("authored", hours: 2) with { AuthorId = Bob };
            await index.PutAsync(ada, bob, Post("authored", hours: 3) with { AuthorId = Cleo });

            Assert.Equal([bob.Id, ada.Id], await index.FindAsync(Recent("authored") with { Authors = [Ada, Bob] }));
            Assert.Empty(await index.FindAsync(Recent("authored") with { Authors = [] }));
        }),
        new("parents", "Replies to posts of somebody.", async index =>
        {
            var reply = Post("answered") with { ParentAuthorId = Bob };
            await index.PutAsync(reply, Post("answered"), Post("answered") with { ParentAuthorId = Cleo });

            Assert.Equal([reply.Id], await index.FindAsync(Recent("answered") with { ParentAuthors = [Bob] }));
        }),
        new("since-until", "A day begins at its first millisecond; until leaves it out.", async index =>
        {
            var before = Post("dated", hours: -0.0001);
            var first = Post("dated");
            var next = Post("dated", hours: 24);
            await index.PutAsync(before, first, next);

            Assert.Equal([next.Id, first.Id], await index.FindAsync("dated since:2026-01-10"));
            Assert.Equal([first.Id, before.Id], await index.FindAsync("dated until:2026-01-11"));
            Assert.Equal([first.Id], await index.FindAsync("dated since:2026-01-10 until:2026-01-11"));
            Assert.Equal([first.Id], await index.FindAsync(Top("dated since:2026-01-10 until:2026-01-11")));
        }),
        new("language", "Posts in any of the languages, whatever their regions.", async index =>
        {
            var german = Post("taxi", "de", 1);
            var austrian = Post("taxi", "de-at", 2);
            var french = Post("taxi", "fr", 3);
            await index.PutAsync(german, austrian, french, Post("taxi", "", 4));

            Assert.Equal([austrian.Id, german.Id], await index.FindAsync("taxi lang:de"));
            Assert.Equal([french.Id, austrian.Id, german.Id], await index.FindAsync("taxi lang:de lang:fr"));
        }),
        new("media", "Posts with media, and no others.", async index =>
        {
            var photo = Post("sunset") with { HasMedia = true };
            await index.PutAsync(photo, Post("sunset"));

            Assert.Equal([photo.Id], await index.FindAsync("sunset has:media"));
        }),
        new("many-terms", "The largest query that is taken is answered.", async index =>
        {
            var words = string.Join(' ', Enumerable.Range(0, 32).Select(i => $"w{i}"));
            var post = Post(words);
            await index.PutAsync(post);

            Assert.Equal([post.Id], await index.FindAsync(words));
            Assert.Equal([post.Id], await index.FindAsync(Top(words)));
        }),
    ];
}
