using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DaprSocial.Ctl.Mesh;

namespace DaprSocial.Ctl.Tests.Mesh;

public sealed class PortCheckTests
{
    private readonly MeshPorts _ports = MeshPorts.FindFree(new Random());

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void ThrowIfTaken_OnePortHeld_NamesPortPurposeHolderAndWayOut(string address)
    {
        using var holder = Hold(IPAddress.Parse(address), _ports.Service(MeshApps.Posts));

        var error = Assert.Throws<CtlException>(() => PortCheck.ThrowIfTaken(_ports, new HashSet<int>()));

        Assert.Contains(
            _ports.Service(MeshApps.Posts).ToString(CultureInfo.InvariantCulture),
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
        using var first = Hold(IPAddress.Loopback, _ports.Postgres);
        using var second = Hold(IPAddress.Loopback, _ports.SidecarHttp(MeshApps.Edge));

        var error = Assert.Throws<CtlException>(() => PortCheck.ThrowIfTaken(_ports, new HashSet<int>()));

        Assert.Contains("2 ports", error.Message, StringComparison.Ordinal);
        Assert.Contains("PostgreSQL", error.Message, StringComparison.Ordinal);
        Assert.Contains("edge sidecar (HTTP)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThrowIfTaken_HeldByOurOwnStore_IsFine()
    {
        using var holder = Hold(IPAddress.Loopback, _ports.Postgres);

        PortCheck.ThrowIfTaken(_ports, new HashSet<int> { _ports.Postgres });
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
