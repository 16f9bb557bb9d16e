using DaprSocial.Ctl;
using DaprSocial.Ctl.Operations;
using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Projections.V1;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>The commands of ./social ctl that look after projections, on a mesh.</summary>
public sealed class ProjectionOperatorTests : OwnMesh, IDisposable
{
    private ProjectionOperator? _operator;

    private ProjectionOperator Operator => _operator!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _operator = new ProjectionOperator(Mesh.Ports);
    }

    public void Dispose() => _operator?.Dispose();

    [Fact]
    public async Task Rebuild_NothingDiffers_Flips()
    {
        var people = await Mesh.CreatePeopleAsync("ann");
        await Mesh.PostManyAsync(people[0], 5);
        await Mesh.DrainAsync();
        var said = new List<string>();

        var outcome = await Operator.RebuildAsync("posts", 0, mayFlip: true, said.Add, CancellationToken.None);

        Assert.Equal(("posts", 2, 5), (outcome.Service, outcome.Version, outcome.EventCount));
        Assert.Equal((0, true), (outcome.Comparison.DifferenceCount, outcome.HasFlipped));
        Assert.Contains(said, line => line.StartsWith("5 of 5 events", StringComparison.Ordinal));
        Assert.Equal([ProjectionState.Ready, ProjectionState.Active], await StatesAsync());
    }

    [Fact]
    public async Task Rebuild_SomethingDiffersOrNoFlipIsWanted_DoesNotFlip()
    {
        var people = await Mesh.CreatePeopleAsync("ann", "ben");
        await Mesh.FollowAsync(people[0], people[1]);
        await Mesh.DrainAsync();
        await Mesh.Store.InsertFollowersAsync(people[1], 1);

        var differing = await Operator.RebuildAsync("graph", -1, mayFlip: true, _ => { }, CancellationToken.None);
        var unwanted = await Operator.RebuildAsync("users", -1, mayFlip: false, _ => { }, CancellationToken.None);

        Assert.Equal((1, false), (differing.Comparison.DifferenceCount, differing.HasFlipped));
        Assert.Equal((0, false), (unwanted.Comparison.DifferenceCount, unwanted.HasFlipped));
    }

    [Fact]
    public async Task Rebuild_Refused_SaysWhatToLookAt()
    {
        await Operator.RebuildAsync("users", 0, mayFlip: false, _ => { }, CancellationToken.None);

        var refusal = await Assert.ThrowsAsync<CtlException>(
            () => Operator.RebuildAsync("users", 0, mayFlip: true, _ => { }, CancellationToken.None));

        Assert.Contains("drop it first", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("./social ctl projection list users", refusal.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenewLogId_Once_IsAnotherAndKeepsTheLog()
    {
        await Mesh.CreatePeopleAsync("ann");

        var (before, now) = await Operator.RenewLogIdAsync("users", CancellationToken.None);
        var rebuilt = await Operator.RebuildAsync("users", -1, mayFlip: true, _ => { }, CancellationToken.None);

        Assert.NotEqual(before, now);
        Assert.Equal((1, 0), (rebuilt.EventCount, rebuilt.Comparison.DifferenceCount));
    }

    [Fact]
    public async Task List_ServiceIsAway_SaysWhich()
    {
        await Mesh.Host.Services[0].StopAsync();

        var refusal = await Assert.ThrowsAsync<CtlException>(() => Operator.ListAsync("users", CancellationToken.None));

        Assert.StartsWith("users: ", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<IEnumerable<ProjectionState>> StatesAsync() =>
        (await Operator.ListAsync("posts", CancellationToken.None)).Select(version => version.State);
}
