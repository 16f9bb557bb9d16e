using DaprSocial.Graph.V1;
using DaprSocial.Load.Driving;

namespace DaprSocial.Load.Checking;

/// <summary>Checks a user's relation counts and the complete lists of followers and followees.</summary>
internal sealed class RelationCheck(CheckContext context)
{
    private const int PageSizeMax = 1_000;

    // Order goes by the follow's id, whose time runs a little ahead of the clock when somebody follows many at once.
    private static readonly TimeSpan OrderTolerance = TimeSpan.FromSeconds(1);

    private readonly SocialModel _model = context.Model;

    public async Task CheckCountsAsync(Guid user, CancellationToken cancellationToken)
    {
        var request = new GetRelationCountsRequest { UserId = $"{user}" };
        var answer = await context.Mesh.CallAsync(
            AppIds.Graph,
            user,
            CheckContext.CallTimeout,
            options => context.Mesh.Graph.GetRelationCountsAsync(request, options),
            cancellationToken);
        CompareCount("followers", user, _model.FollowersOf(user).Count, answer.FollowerCount);
        CompareCount("followees", user, _model.FolloweesOf(user).Count, answer.FolloweeCount);
        context.Tally.AddRelationCounts();
    }

    public Task CheckFollowersAsync(Guid user, CancellationToken cancellationToken) =>
        CheckListAsync("followers", user, _model.FollowersOf(user), async (size, pageToken) =>
        {
            var request = new ListFollowersRequest { UserId = $"{user}", PageSize = size, PageToken = pageToken };
            var answer = await context.Mesh.CallAsync(
                AppIds.Graph,
                user,
                CheckContext.CallTimeout,
                options => context.Mesh.Graph.ListFollowersAsync(request, options),
                cancellationToken);
            var fresh = answer.Freshness is { Satisfied: true };
            return new(answer.Followers, answer.NextPageToken, Complete: true, fresh);
        });

    public Task CheckFolloweesAsync(Guid user, CancellationToken cancellationToken) =>
        CheckListAsync("followees", user, _model.FolloweesOf(user), async (size, pageToken) =>
        {
            var request = new ListFolloweesRequest { UserId = $"{user}", PageSize = size, PageToken = pageToken };
            var answer = await context.Mesh.CallAsync(
                AppIds.Graph,
                user,
                CheckContext.CallTimeout,
                options => context.Mesh.Graph.ListFolloweesAsync(request, options),
                cancellationToken);
            var fresh = answer.Freshness is { Satisfied: true };
            return new(answer.Followees, answer.NextPageToken, Complete: true, fresh);
        });

    private void CompareCount(string listing, Guid user, int expected, long actual)
    {
        if (expected != actual)
        {
            var name = _model.NameOf(user);
            context.Differences.AddRange(
                [new(DifferenceKind.WrongCount, $"number of {listing}", name, $"{expected}", $"{actual}", "count")]);
        }
    }

    private async Task CheckListAsync(
        string listing, Guid user, IReadOnlySet<Guid> expected, Func<int, string, Task<Page<Relation>>> readPage)
    {
        var size = PageSizes.OfRelations(context.Seed, listing, _model.NameOf(user));
        var name = _model.NameOf(user);
        var relations = await context.Listings.ReadAsync(
            listing, name, PageSizes.Effective(size, PageSizeMax), expected.Count, token => readPage(size, token));
        context.Differences.AddRange(ListComparer.CompareMembers(
            listing, name, [.. expected.Order()], [.. relations.Select(relation => Guid.Parse(relation.UserId))]));
        context.Differences.AddRange(CompareOrder(listing, name, relations));
        context.Tally.AddRelationList();
    }

    private static IReadOnlyList<Difference> CompareOrder(
        string listing, string name, IReadOnlyList<Relation> relations)
    {
        if (relations.Any(relation => relation.FollowTime is null))
        {
            return [new(DifferenceKind.WrongContent, listing, name, "a follow time", "none", "some entry")];
        }

        for (var place = 1; place < relations.Count; place++)
        {
            var before = relations[place - 1].FollowTime.ToDateTimeOffset();
            var here = relations[place].FollowTime.ToDateTimeOffset();
            if (here - before > OrderTolerance)
            {
                var expected = $"nothing newer than {before:O}";
                return [new(DifferenceKind.WrongOrder, listing, name, expected, $"{here:O}", $"entry {place + 1}")];
            }
        }

        return [];
    }
}
