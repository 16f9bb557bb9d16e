using DaprSocial.Search.Index;
using DaprSocial.Users.V1;

namespace DaprSocial.Search.Queries;

/// <param name="Search">What is looked for; its limit is the size of the page.</param>
/// <param name="Call">On whose behalf.</param>
internal sealed record SearchUsers(UserSearch Search, SearchCall Call);

/// <summary>A page as it is answered.</summary>
/// <param name="Users">The best first, as Users has them now.</param>
/// <param name="Next">The last user looked at; null at the end.</param>
internal sealed record UserPage(IReadOnlyList<User> Users, UserMatch? Next);

/// <summary>Reads a page in steps as a timeline's: skeleton → hydrate → filter → present.</summary>
internal sealed class SearchUsersHandler(ISearchIndex index, FoundHydrator hydrator)
{
    // A page that the filter emptied is filled up again, at most so often; then it is short, and its token goes on.
    private const int RoundsMax = 10;

    public async Task<UserPage> HandleAsync(SearchUsers query, CancellationToken cancellationToken)
    {
        var users = new List<User>();
        var (after, size) = (query.Search.After, query.Search.Limit);
        for (var round = 0; ; round++)
        {
            var wanted = size - users.Count;
            // One more than wanted tells whether another page follows.
            var skeleton = await index.SearchUsersAsync(
                query.Search with { After = after, Limit = wanted + 1 }, cancellationToken);
            var hasMore = skeleton.Count > wanted;
            var taken = skeleton.Take(wanted).ToList();
            users.AddRange(await FilterAsync(taken, query.Call, cancellationToken));
            after = taken.Count > 0 ? taken[^1] : after;
            if (!hasMore || users.Count == size || round == RoundsMax)
                return new UserPage(users, hasMore ? after : null);
        }
    }

    /// <summary>Leaves out who is gone, and who blocks or is blocked.</summary>
    private async Task<IEnumerable<User>> FilterAsync(
        List<UserMatch> matches, SearchCall call, CancellationToken cancellationToken)
    {
        var ids = matches.Select(match => match.Id.ToString()).ToList();
        var known = await hydrator.ReadUsersAsync(ids, call, cancellationToken);
        var blocked = await hydrator.ReadBlockedAsync([.. known.Keys], call, cancellationToken);
        return ids.Where(id => !blocked.Contains(id)).Select(id => known.GetValueOrDefault(id)).OfType<User>();
    }
}
