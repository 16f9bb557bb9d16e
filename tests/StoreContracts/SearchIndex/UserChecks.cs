using static DaprSocial.SearchIndex.Tests.World;

namespace DaprSocial.SearchIndex.Tests;

/// <summary>Users.</summary>
internal static class UserChecks
{
    public static IReadOnlyList<ContractCheck> All { get; } =
    [
        new("user-order", "Handle, beginning of the handle, name, bio; then by handle.", async index =>
        {
            var (bio, name, start, exact) = (NewId(), NewId(), NewId(), NewId());
            await index.PutAsync(
                User(bio, "zoe", "Zoe", "friend of ada"), User(name, "countess", "Ada Lovelace"),
                User(start, "ada_l", "Somebody"), User(exact, "ada", "Nobody"));

            Assert.Equal([exact, start, name, bio], await index.FindUsersAsync("ada"));
        }),
        new("user-typeahead", "The last word may be a beginning; bios are not looked at.", async index =>
        {
            var (name, bio) = (NewId(), NewId());
            await index.PutAsync(User(name, "countess", "Ada Lovelace"), User(bio, "zoe", "Zoe", "lovely"));

            Assert.Equal([name], await index.FindUsersAsync("ada lov", isTypeahead: true));
            Assert.Empty(await index.FindUsersAsync("ada lov"));
            Assert.Equal([name], await index.FindUsersAsync("love", isTypeahead: true));
        }),
        new("user-underscore", "An underscore in a handle is one, not any character.", async index =>
        {
            var (with, without) = (NewId(), NewId());
            await index.PutAsync(User(with, "a_b"), User(without, "axb"));

            Assert.Equal([with], await index.FindUsersAsync("a_"));
        }),
        new("user-names", "Names in other scripts are found by their beginnings.", async index =>
        {
            var user = NewId();
            await index.PutAsync(User(user, "zhang", "张伟 José"));

            Assert.Equal([user], await index.FindUsersAsync("张", isTypeahead: true));
            Assert.Equal([user], await index.FindUsersAsync("jos", isTypeahead: true));
        }),
        new("user-renamed", "A changed profile is found by what it is, not by what it was.", async index =>
        {
            var user = NewId();
            await index.PutAsync(User(user, "sam", "Samantha"));
            await index.PutAsync(User(user, "sam", "Philippa") with { EntityVersion = 2 });

            Assert.Empty(await index.FindUsersAsync("samantha"));
            Assert.Equal([user], await index.FindUsersAsync("philippa"));
        }),
        new("user-handles", "Handles lead to their users; those that nobody has to nobody.", async index =>
        {
            var user = NewId();
            await index.PutAsync(User(user, "real"));

            Assert.Equal([user], await index.Index.FindHandlesAsync(["real", "unreal"], CancellationToken.None));
        }),
        new("user-pages", "Pages put together are the whole in its order.", async index =>
        {
            await index.PutAsync([.. Enumerable.Range(0, 9).Select(i => User(NewId(), $"team_{8 - i}", "Team"))]);
            var whole = await index.Index.SearchUsersAsync(People("team"), CancellationToken.None);
            Assert.Equal(9, whole.Count);

            var pages = new List<Search.Index.UserMatch>();
            while (await index.Index.SearchUsersAsync(
                People("team") with { After = pages.LastOrDefault(), Limit = 4 }, CancellationToken.None)
                is { Count: > 0 } page)
                pages.AddRange(page);

            Assert.Equal(whole, pages);
        }),
    ];

    private static UserId NewId() => new(Identifiers.Uuid.Create(1000));
}
