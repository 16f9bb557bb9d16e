using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Identifiers;
using DaprSocial.Projections.V1;
using DaprSocial.Testing;
using Grpc.Core;
using State = DaprSocial.Projections.V1.ProjectionState;

namespace DaprSocial.Projections.Tests;

public sealed class RebuildTests(DatabaseFixture fixture) : IClassFixture<DatabaseFixture>, IAsyncLifetime
{
    private static readonly TimeSpan _refreshPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _dropGrace = TimeSpan.FromSeconds(15);
    private static readonly Guid _ada = Uuid.Create(1);
    private static readonly Guid _bob = Uuid.Create(2);

    private ProjectionWorld _world = null!;
    private ProjectionHost _host = null!;

    public async Task InitializeAsync()
    {
        _world = await ProjectionWorld.CreateAsync(fixture.Database);
        _host = _world.CreateHost();
        await _host.StartVersionsAsync();
    }

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task Rebuild_WholeLog_MakesAnEqualVersion()
    {
        await ApplyAsync(_ada, 700);
        await ApplyAsync(_bob, 3);

        var progress = await RebuildAsync();

        Assert.All(progress, step => Assert.Equal(2, step.Version));
        // Of two owners, whose log is the same here.
        Assert.Equal((2 * 703, 2 * 703), (progress[^2].EventCount, progress[^2].EventTotal));
        var comparison = progress[^1].Comparison;
        Assert.Equal((4, 0), (comparison.RowCount, comparison.DifferenceCount));
        var versions = await _host.Admin.ListAsync(CancellationToken.None);
        Assert.Equal(
            [(1, State.Active), (2, State.Ready)],
            versions.Select(version => (version.Version, version.State)));
        Assert.All(versions, version => Assert.All(
            version.Sources, source => Assert.Equal(0, source.MissingEventCount)));
        Assert.Equal((700, 700 * 701 / 2), await CounterAsync(2, _ada));
    }

    [Fact]
    public async Task Rebuild_ActiveVersionWasChanged_NamesEveryDifference()
    {
        await ApplyAsync(_ada, 2);
        await ApplyAsync(_bob, 1);
        await _world.ExecuteAsync(
            "update last_value set value = 'by hand' where entity_id = @id", new { id = _ada.ToString("D") });
        await _world.ExecuteAsync("delete from last_value where entity_id = @id", new { id = _bob.ToString("D") });

        var comparison = (await RebuildAsync())[^1].Comparison;

        Assert.Equal(2, comparison.DifferenceCount);
        Assert.All(comparison.Differences, difference => Assert.Equal("last_value", difference.Table));
        var changed = comparison.Differences.Single(difference => difference.Key == $"({_ada:D})");
        Assert.Contains("by hand", changed.ActiveRow, StringComparison.Ordinal);
        Assert.Contains("\"v1\"", changed.OtherRow, StringComparison.Ordinal);
        Assert.Empty(comparison.Differences.Single(difference => difference.Key == $"({_bob:D})").ActiveRow);
    }

    [Fact]
    public async Task Rebuild_WhileEventsArrive_AppliesEachOnceToBoth()
    {
        await ApplyAsync(_ada, 600);

        var comparison = (await RebuildAsync(_ => ApplyAsync(_bob, 1)))[^1].Comparison;
        await ApplyAsync(_ada, 1);

        Assert.Equal(0, comparison.DifferenceCount);
        foreach (var version in (int[])[1, 2])
        {
            Assert.Equal((601, 601 * 602 / 2), await CounterAsync(version, _ada));
            var (count, sum) = await CounterAsync(version, _bob);
            Assert.InRange(count, 3, 20);
            Assert.Equal(count * (count + 1) / 2, sum);
        }
    }

    [Fact]
    public async Task Rebuild_CutShort_IsGoneOnWith()
    {
        await ApplyAsync(_ada, 600);
        await Assert.ThrowsAsync<TimeoutException>(() => RebuildAsync(_ => throw new TimeoutException()));
        Assert.Equal(State.Building, (await _host.Admin.ListAsync(CancellationToken.None))[1].State);

        var progress = await RebuildAsync();

        Assert.Equal((2, 0), (progress[^1].Version, progress[^1].Comparison.DifferenceCount));
        Assert.Equal((600, 600 * 601 / 2), await CounterAsync(2, _ada));
    }

    [Fact]
    public async Task Rebuild_SourceIsAway_FailsAndCanBeRepeated()
    {
        await ApplyAsync(_ada, 2);
        _world.Log.OnCallAsync = _ => throw new RpcException(new Status(StatusCode.Unavailable, "away"));
        await Assert.ThrowsAsync<RpcException>(() => RebuildAsync());
        _world.Log.OnCallAsync = _ => Task.CompletedTask;

        Assert.Equal(0, (await RebuildAsync())[^1].Comparison.DifferenceCount);
    }

    [Fact]
    public async Task Rebuild_WhileAnotherRuns_IsRefused()
    {
        await ApplyAsync(_ada, 1);
        var other = await StartHostAsync();

        await RebuildAsync(async _ => Assert.Equal(
            ErrorReason.ProjectionBusy,
            await RefusalAsync(other.Admin.RebuildAsync(0, Ignore, CancellationToken.None))));
    }

    [Fact]
    public async Task Rebuild_TwoVersionsAlready_IsRefused()
    {
        await ApplyAsync(_ada, 1);
        await RebuildAsync();

        Assert.Equal(ErrorReason.ProjectionState, await RefusalAsync(RebuildAsync()));
    }

    [Fact]
    public async Task Flip_ThereAndBack_EveryInstanceFollows()
    {
        var other = await StartHostAsync();
        await ApplyAsync(_ada, 1);
        await RebuildAsync();

        await _host.Admin.FlipAsync(2, CancellationToken.None).InTimeAsync();
        Assert.Equal((2, 1), (_host.Versions.Active.Number, other.Versions.Active.Number));
        await other.Versions.RefreshAsync(CancellationToken.None).InTimeAsync();
        Assert.Equal(2, other.Versions.Active.Number);

        // The one before is fed still.
        await ApplyAsync(_ada, 1);
        await _host.Admin.FlipAsync(1, CancellationToken.None).InTimeAsync();
        Assert.Equal(1, _host.Versions.Active.Number);
        Assert.Equal((2, 3), await CounterAsync(1, _ada));
        Assert.Equal((2, 3), await CounterAsync(2, _ada));
    }

    [Fact]
    public async Task Flip_ByAnotherInstance_IsFollowedWithinASecond()
    {
        var other = await StartHostAsync();
        await ApplyAsync(_ada, 1);
        await RebuildAsync();
        await _host.Admin.FlipAsync(2, CancellationToken.None).InTimeAsync();

        // When it looks a second time, it is done with the first.
        foreach (var _ in (int[])[1, 2])
        {
            var looks = other.Watch.NextAsync("from projection_version");
            _world.Clock.Advance(_refreshPeriod);
            await looks.InTimeAsync();
        }

        Assert.Equal(2, other.Versions.Active.Number);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public async Task Flip_VersionIsNotReady_IsRefused(int version)
    {
        await ApplyAsync(_ada, 1);
        await Assert.ThrowsAsync<TimeoutException>(() => RebuildAsync(_ => throw new TimeoutException()));

        Assert.Equal(
            ErrorReason.ProjectionState, await RefusalAsync(_host.Admin.FlipAsync(version, CancellationToken.None)));
    }

    [Fact]
    public async Task Drop_ReadyVersion_GoesAfterTheGrace()
    {
        await ApplyAsync(_ada, 1);
        await RebuildAsync();

        var dropped = _host.Versions.Fed.Single(version => version.Number == 2);

        var dropping = _host.Admin.DropAsync(2, CancellationToken.None);
        await _world.Clock.WhenScheduledAsync(_dropGrace).InTimeAsync();
        await _host.Versions.RefreshAsync(CancellationToken.None);
        Assert.Empty((await dropped.Checkpoints.ListParkedAsync(1, CancellationToken.None)).Streams);
        // Fed no longer, but there still for the calls that read it.
        await ApplyAsync(_ada, 1);
        Assert.Equal((1, 1), await CounterAsync(2, _ada));
        _world.Clock.Advance(_dropGrace);
        await dropping.InTimeAsync();

        Assert.Equal([1], (await _host.Admin.ListAsync(CancellationToken.None)).Select(version => version.Version));
        Assert.False(await _world.ReadAsync<bool>(
            "select exists (select from pg_namespace where nspname = @name)", new { name = _world.SchemaOf(2) }));
        Assert.Equal((2, 3), await CounterAsync(1, _ada));
        await _host.Versions.RefreshAsync(CancellationToken.None);
        await Assert.ThrowsAsync<ObjectDisposedException>(
            () => dropped.Checkpoints.ListParkedAsync(1, CancellationToken.None));
        Assert.Equal(2, (await RebuildAsync())[^1].Version);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Drop_ActiveOrUnknownVersion_IsRefused(int version) => Assert.Equal(
        ErrorReason.ProjectionState, await RefusalAsync(_host.Admin.DropAsync(version, CancellationToken.None)));

    private static Task Ignore(RebuildProjectionResponse progress) => Task.CompletedTask;

    private static async Task<ErrorReason> RefusalAsync(Task refused) =>
        (await Assert.ThrowsAsync<ServiceException>(() => refused.InTimeAsync())).Reason;

    private async Task<ProjectionHost> StartHostAsync()
    {
        var host = _world.CreateHost();
        await host.StartVersionsAsync();
        return host;
    }

    private async Task ApplyAsync(Guid stream, int count)
    {
        await Task.WhenAll(_world.AppendMany(stream, count).Select(_host.DeliverToVersionsAsync));
    }

    private async Task<List<RebuildProjectionResponse>> RebuildAsync(
        Func<RebuildProjectionResponse, Task>? onProgress = null)
    {
        var progress = new List<RebuildProjectionResponse>();
        await _host.Admin.RebuildAsync(
            -1,
            step =>
            {
                progress.Add(step);
                return onProgress?.Invoke(step) ?? Task.CompletedTask;
            },
            CancellationToken.None).InTimeAsync();
        return progress;
    }

    private Task<(long Count, long Sum)> CounterAsync(int version, Guid stream) => _world.ReadInAsync<(long, long)>(
        version, "select count, version_sum from counter where stream = @stream", new { stream });
}
