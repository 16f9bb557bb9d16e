using DaprSocial.Graph.Storage;
using DaprSocial.Paging;

namespace DaprSocial.Graph.Queries;

/// <summary>Asks for a page of followers, of followees or of those blocked.</summary>
internal sealed record ListRelations(UserId User, RelationSide Side, PageRequest Page);

internal sealed record RelationsPage(IReadOnlyList<RelationRow> Relations, string NextPageToken);

internal sealed class ListRelationsHandler(FollowGraphStore graph)
{
    public async Task<RelationsPage> HandleAsync(ListRelations query, CancellationToken cancellationToken)
    {
        var rows = await graph.ReadPageAsync(query.Side, query.User, query.Page, cancellationToken);
        var page = rows.Take(query.Page.Size).ToList();
        return new RelationsPage(
            page, query.Page.NextToken(rows.Count > page.Count, page.Count == 0 ? default : page[^1].RelationId));
    }
}
