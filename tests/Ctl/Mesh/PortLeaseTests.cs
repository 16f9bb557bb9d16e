using DaprSocial.Ctl.Mesh;

namespace DaprSocial.Ctl.Tests.Mesh;

public sealed class PortLeaseTests
{
    [Fact]
    public void Take_EveryPortIsFree()
    {
        using var lease = PortLease.Take();

        Assert.All(lease.Ports.All, port => Assert.True(PortCheck.IsFree(port.Port)));
    }

    [Fact]
    public void Take_WhileOthersAreHeld_NeverGivesTheSameTwice()
    {
        var leases = Enumerable.Range(0, 10).Select(_ => PortLease.Take()).ToList();

        Assert.Equal(leases.Count, leases.DistinctBy(lease => lease.Ports.Base).Count());
        leases.ForEach(lease => lease.Dispose());
    }
}
