using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DaprSocial.Ctl.Mesh;

namespace DaprSocial.Ctl.Tests.Mesh;

public sealed class PortCheckTests : IDisposable
{
    private readonly PortLease _lease = PortLease.Take();

    private MeshPorts Ports => _lease.Ports;

    public void Dispose() => _lease.Dispose();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void ThrowIfTaken_OnePortHeld_NamesPortPurposeHolderAndWayOut(string address)
    {
        using var holder = Hold(IPAddress.Parse(address), Ports.Service(MeshApps.Posts));

        var error = Assert.Throws<CtlException>(() => PortCheck.ThrowIfTaken(Ports, new HashSet<int>()));

        Assert.Contains(
            Ports.Service(MeshApps.Posts).ToString(CultureInfo.InvariantCulture),
            error.Message,
            StringComparison.Ordinal);
        Assert.Contains("posts service", error.Message, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", error.Message, StringComparison.Ordinal);
        Assert.Contains("--port-base", error.NextStep, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failure, error.ExitCode);
    }

    [Fact]
    public void ThrowIfTaken_SeveralHeld_NamesAll()
    {
        using var first = Hold(IPAddress.Loopback, Ports.Postgres);
        using var second = Hold(IPAddress.Loopback, Ports.SidecarHttp(MeshApps.Edge));

        var error = Assert.Throws<CtlException>(() => PortCheck.ThrowIfTaken(Ports, new HashSet<int>()));

        Assert.Contains("2 ports", error.Message, StringComparison.Ordinal);
        Assert.Contains("PostgreSQL", error.Message, StringComparison.Ordinal);
        Assert.Contains("edge sidecar (HTTP)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThrowIfTaken_HeldByOurOwnStore_IsFine()
    {
        using var holder = Hold(IPAddress.Loopback, Ports.Postgres);

        PortCheck.ThrowIfTaken(Ports, new HashSet<int> { Ports.Postgres });
    }

    private static TcpListener Hold(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            listener.Server.DualMode = true;
        listener.Start();
        return listener;
    }
}
