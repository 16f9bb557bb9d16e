using DaprSocial.Graph.Storage;
using DaprSocial.Paging;

namespace DaprSocial.Graph.Queries;

/// <summary>Asks for a page of followers or of followees.</summary>
internal sealed record ListRelations(UserId User, RelationSide Side, PageRequest Page);

internal sealed record RelationsPage(IReadOnlyList<RelationRow> Relations, string NextPageToken);

internal sealed class ListRelationsHandler(FollowGraphStore graph)
{
    public async Task<RelationsPage> HandleAsync(ListRelations query, CancellationToken cancellationToken)
    {
        var rows = query.Side == RelationSide.Followers
            ? await graph.ReadFollowersAsync(query.User, query.Page, cancellationToken)
            : await graph.ReadFolloweesAsync(query.User, query.Page, cancellationToken);
        var page = rows.Take(query.Page.Size).ToList();
        return new RelationsPage(
            page, query.Page.NextToken(rows.Count > page.Count, page.Count == 0 ? default : page[^1].FollowId));
    }
}
