using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Tests.Mesh;

public sealed class MeshStateFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MeshStateFile _file;
    private readonly MeshState _own;

    public MeshStateFileTests()
    {
        _file = new MeshStateFile(_folder.Path);
        var process = ProcessIdentity.Current();
        _own = new MeshState(process.Pid, process.StartTicks, "up", MeshPhase.Ready, 6100, MeshRoles.All);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FindRunning_WrittenByLiveProcess_IsWhatWasWritten()
    {
        _file.Write(_own);

        Assert.Equal(_own, _file.FindRunning());
        Assert.Equal(6401, _file.FindRunning()!.Ports.Postgres);
    }

    [Fact]
    public void FindRunning_NoFile_IsNull() => Assert.Null(_file.FindRunning());

    [Fact]
    public void FindRunning_ProcessIdReusedByAnother_IsNull()
    {
        _file.Write(_own with { ProcessStartTicks = _own.ProcessStartTicks - 1 });

        Assert.Null(_file.FindRunning());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"pid\": 12")]
    [InlineData("{}")]
    public void FindRunning_TornOrForeignFile_IsNull(string text)
    {
        File.WriteAllText(_file.Path, text);

        Assert.Null(_file.FindRunning());
    }

    [Fact]
    public void Write_LaterPhase_ReplacesTheFile()
    {
        _file.Write(_own with { Phase = MeshPhase.Starting });
        _file.Write(_own);

        Assert.Equal(MeshPhase.Ready, _file.Read()!.Phase);
        Assert.Contains("\"ready\"", File.ReadAllText(_file.Path), StringComparison.Ordinal);
    }
}
