using DaprSocial.Posts.V1;
using static DaprSocial.SearchIndex.Tests.World;

namespace DaprSocial.SearchIndex.Tests;

/// <summary>Who comes upon what; Posts decides on it once more.</summary>
internal static class VisibilityChecks
{
    public static IReadOnlyList<ContractCheck> All { get; } =
    [
        new("followers-only", "A post for followers is found by followers and author, not by others.", async index =>
        {
            var post = Post("intimate") with { Visibility = Visibility.Followers };
            await index.PutAsync(post);

            Assert.Empty(await index.FindAsync("intimate"));
            Assert.Empty(await index.FindAsync(Recent("intimate") with { Viewer = Bob }));
            Assert.Empty(await index.FindAsync(Recent("intimate") with { Viewer = Bob, Followees = [Cleo] }));
            Assert.Equal([post.Id], await index.FindAsync(Recent("intimate") with { Viewer = Bob, Followees = [Ada] }));
            Assert.Equal([post.Id], await index.FindAsync(Recent("intimate") with { Viewer = Ada }));
        }),
        new("visibility-unknown", "A visibility of a later version is its author's alone.", async index =>
        {
            var post = Post("future") with { Visibility = (Visibility)7 };
            await index.PutAsync(post);

            Assert.Empty(await index.FindAsync(Recent("future") with { Viewer = Bob, Followees = [Ada] }));
            Assert.Equal([post.Id], await index.FindAsync(Recent("future") with { Viewer = Ada }));
        }),
        new("page-of-others", "What one may not see takes no places of a page.", async index =>
        {
            var seen = Post("crowded");
            await index.PutAsync([
                seen,
                .. Enumerable.Range(1, 30)
                    .Select(i => Post("crowded", hours: i) with { Visibility = Visibility.Followers }),
            ]);

            Assert.Equal([seen.Id], await index.FindAsync(Recent("crowded") with { Viewer = Bob }));
            Assert.Equal([seen.Id], await index.FindAsync(Top("crowded") with { Viewer = Bob }));
        }),
        new("many-followees", "Somebody may follow 5,000.", async index =>
        {
            var post = Post("popular") with { Visibility = Visibility.Followers };
            await index.PutAsync(post);
            var followees = Enumerable.Range(1, 4999).Select(i => new UserId(Identifiers.Uuid.Create(i))).Append(Ada);

            Assert.Equal(
                [post.Id], await index.FindAsync(Recent("popular") with { Viewer = Bob, Followees = [.. followees] }));
        }),
    ];
}
