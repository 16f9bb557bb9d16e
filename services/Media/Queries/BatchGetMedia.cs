using DaprSocial.Media.Domain;
using DaprSocial.Media.Storage;

namespace DaprSocial.Media.Queries;

/// <param name="Ids">Which; each once.</param>
internal sealed record BatchGetMedia(IReadOnlyList<MediaId> Ids);

/// <summary>Media in the order asked, and the ids that name none.</summary>
internal sealed record MediaFound(IReadOnlyList<Medium> Media, IReadOnlyList<MediaId> Missing);

internal sealed class BatchGetMediaHandler(MediaViewStore views)
{
    public async Task<MediaFound> HandleAsync(BatchGetMedia query, CancellationToken cancellationToken)
    {
        var rows = await views.ReadAsync(query.Ids, cancellationToken);
        var live = rows.Where(medium => !medium.IsDeleted).ToDictionary(medium => medium.Id);
        return new MediaFound(
            [.. query.Ids.Where(live.ContainsKey).Select(id => live[id])],
            [.. query.Ids.Where(id => !live.ContainsKey(id))]);
    }
}
