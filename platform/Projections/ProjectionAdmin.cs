using DaprSocial.Events;
using DaprSocial.Hosting;
using DaprSocial.Projections.V1;
using Google.Protobuf.WellKnownTypes;
using Row = DaprSocial.Projections.ProjectionVersionRow;

namespace DaprSocial.Projections;

/// <summary>Rebuilds, flips and drops versions, and frees parked streams.</summary>
internal sealed class ProjectionAdmin<TBatch>(
    ProjectionParts<TBatch> parts, ProjectionVersions<TBatch> versions, ProjectionVersionStore store,
    ProjectionComparer comparer, WriteSource source) : IProjectionAdmin
    where TBatch : new()
{
    public async Task<IReadOnlyList<V1.ProjectionVersion>> ListAsync(CancellationToken cancellationToken)
    {
        var listed = new List<V1.ProjectionVersion>();
        foreach (var row in await store.ListAsync(cancellationToken))
            listed.Add(await DescribeAsync(row, cancellationToken));
        return listed;
    }

    public async Task RebuildAsync(
        int sampleSize, Func<RebuildProjectionResponse, Task> onProgress, CancellationToken cancellationToken)
    {
        await using var turn = await TakeTurnAsync(cancellationToken);
        var row = await store.BeginAsync(cancellationToken);
        var version = new ProjectionVersion<TBatch>(row.Version, parts);
        try
        {
            await version.MigrateAsync(cancellationToken);
            await new ProjectionRebuild<TBatch>(parts).RunAsync(
                version,
                (count, total) => onProgress(new() { Version = row.Version, EventCount = count, EventTotal = total }),
                cancellationToken);
        }
        finally
        {
            await version.CloseAsync();
        }

        await store.MoveAsync(row.Version, ProjectionState.Building, ProjectionState.Ready, cancellationToken);
        await versions.RefreshAsync(cancellationToken);
        await versions.CatchUpAsync(cancellationToken);
        var comparison = await comparer.CompareAsync(
            versions.Active.Schema, version.Schema, sampleSize, () => versions.CatchUpAsync(cancellationToken),
            cancellationToken);
        await onProgress(new() { Version = row.Version, Comparison = comparison });
    }

    public async Task FlipAsync(int version, CancellationToken cancellationToken)
    {
        // So that nobody's second read without a token shows less than the first.
        await versions.CatchUpAsync(cancellationToken);
        await store.FlipAsync(version, cancellationToken);
        await versions.RefreshAsync(cancellationToken);
    }

    public async Task DropAsync(int version, CancellationToken cancellationToken)
    {
        var row = (await store.ListAsync(cancellationToken)).FirstOrDefault(row => row.Version == version)
            ?? throw ProjectionRefusals.NoVersion(version);
        if (row.State == ProjectionState.Active)
        {
            throw ProjectionRefusals.WrongState(
                version, $"Version {version} answers the queries: flip to another one first.");
        }

        await using var turn = await TakeTurnAsync(cancellationToken);
        if (row.IsFed && !await store.MoveAsync(version, row.State, ProjectionState.Dropping, cancellationToken))
            throw ProjectionRefusals.WrongState(version, $"Version {version} has just changed: look at it again.");
        await versions.RefreshAsync(cancellationToken);
        if (row.State != ProjectionState.Building)
            await Task.Delay(ProjectionVersion<TBatch>.Grace, parts.Clock, cancellationToken);
        await store.DropAsync(
            version, ProjectionVersion<TBatch>.SchemaOf(parts.Identity, version), cancellationToken);
    }

    public async Task<(IReadOnlyList<ParkedStream> Streams, long Count)> ListParkedAsync(
        int limit, CancellationToken cancellationToken) =>
        await versions.Active.Checkpoints.ListParkedAsync(limit, cancellationToken);

    public Task<bool> RetryAsync(StreamKey key, CancellationToken cancellationToken) =>
        ReleaseAsync(key, null, cancellationToken);

    public Task<bool> SkipAsync(StreamKey key, long version, CancellationToken cancellationToken) =>
        ReleaseAsync(key, version, cancellationToken);

    private async Task<bool> ReleaseAsync(StreamKey key, long? skipped, CancellationToken cancellationToken)
    {
        var isReleased = false;
        var isParked = false;
        foreach (var version in versions.Fed)
        {
            if (!await version.Checkpoints.ReleaseAsync(key, skipped, cancellationToken))
                continue;
            isReleased = true;
            var states = await version.Checkpoints.ReadAsync([key], cancellationToken);
            await version.Engine.RepairAsync(
                key, states.Select(state => state.Version).FirstOrDefault(), cancellationToken);
            isParked |= await version.Checkpoints.IsParkedAsync(key, cancellationToken);
        }

        return isReleased
            ? isParked
            : throw ProjectionRefusals.NotParked(key, skipped);
    }

    private async Task<V1.ProjectionVersion> DescribeAsync(Row row, CancellationToken cancellationToken)
    {
        var described = new V1.ProjectionVersion
        {
            Version = row.Version, State = (V1.ProjectionState)(row.State + 1),
            CreateTime = row.CreateTime.ToTimestamp(),
        };
        // The tables of others are being filled or dropped.
        if (versions.Fed.FirstOrDefault(version => version.Number == row.Version) is not { } fed)
            return described;
        described.ParkedStreamCount = (await fed.Checkpoints.ListParkedAsync(0, cancellationToken)).Count;
        foreach (var owner in Topics.OwnersOf(parts.Definition.Topics))
            described.Sources.Add(await new SourceProgress(parts.Sources, fed.Checkpoints, fed.Logs)
                .ReadAsync(owner, parts.Definition.Topics, cancellationToken));
        return described;
    }

    private async Task<RebuildTurn> TakeTurnAsync(CancellationToken cancellationToken) =>
        await RebuildTurn.TryTakeAsync(source.DataSource, parts.Identity.AppId, cancellationToken)
            ?? throw ProjectionRefusals.Busy();
}
