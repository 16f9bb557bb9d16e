using DaprSocial.Ctl.Mesh;

namespace DaprSocial.Ctl.Tests.Mesh;

public sealed class MeshPortsTests
{
    [Fact]
    public void Ports_DefaultBase_AreTheDocumentedOnes()
    {
        var ports = MeshPorts.Choose(option: null, variable: null);

        Assert.Equal(
            [
                5101, 5102, 5103, 5104, 5105, 5106, 5155, 5161, 5162, 5163, 5164, 5165, 5166, 5200, 5201, 5202, 5203,
                5204, 5205, 5206, 5300, 5301, 5302, 5303, 5304, 5305, 5306, 5401, 5402,
            ],
            ports.All.Select(port => port.Port));
        Assert.Equal(5103, ports.Service(MeshApps.Graph));
        Assert.Equal(5200, ports.SidecarGrpc(MeshApps.Edge));
        Assert.Equal(5306, ports.SidecarHttp(MeshApps.Search));
        Assert.Equal((5401, 5402), (ports.Postgres, ports.Redis));
    }

    [Theory]
    [InlineData(7000, "8000", 7000)]
    [InlineData(null, "8000", 8000)]
    [InlineData(null, "", 5100)]
    public void Choose_OptionBeforeVariableBeforeDefault(int? option, string? variable, int expected) =>
        Assert.Equal(expected, MeshPorts.Choose(option, variable).Base);

    [Fact]
    public void Choose_VariableNoNumber_IsUsageErrorNamingIt()
    {
        var error = Assert.Throws<CtlException>(() => MeshPorts.Choose(option: null, variable: "many"));

        Assert.Equal(ExitCodes.Usage, error.ExitCode);
        Assert.Contains("DAPRSOCIAL_PORT_BASE=many", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1023)]
    [InlineData(65234)]
    public void Base_OutOfRange_IsUsageError(int portBase) =>
        Assert.Equal(ExitCodes.Usage, Assert.Throws<CtlException>(() => new MeshPorts(portBase)).ExitCode);

    [Theory]
    [InlineData(1024)]
    [InlineData(65233)]
    public void Base_AtTheEdges_EveryPortIsOne(int portBase) =>
        Assert.All(new MeshPorts(portBase).All, port => Assert.InRange(port.Port, 1, 65535));

    [Fact]
    public void Service_UnknownApp_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MeshPorts(5100).Service(MeshApps.Edge));
}
