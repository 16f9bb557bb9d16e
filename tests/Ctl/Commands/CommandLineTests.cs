using System.Text.Json;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Tests.Commands;

/// <summary>What a person or a script meets when nothing runs, or the words are wrong.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("upp", "There is no command upp")]
    [InlineData("up --port-base many", "'many'")]
    [InlineData("up --port-base 99", "out of range")]
    [InlineData("up --roles writers", "writers")]
    [InlineData("demo --graph nowhere.edges", "nowhere.edges")]
    [InlineData("demo --post-count 0", "--post-count 0")]
    [InlineData("up --verify-seconds -1", "--verify-seconds -1")]
    [InlineData("ctl verify --sample 3", "--sample 3")]
    [InlineData("ctl verify --sample 20 --all", "exclude each other")]
    [InlineData("help upp", "upp")]
    [InlineData("ctl", "command")]
    [InlineData("ctl projection rebuild nobody", "nobody")]
    [InlineData("ctl projection rebuild --sample 0", "--sample")]
    [InlineData("ctl projection rebuild --sample 5 --all", "exclude")]
    [InlineData("ctl projection flip", "'flip'")]
    [InlineData("ctl log new-id timelines", "timelines")]
    [InlineData("ctl parked retry users posts", "'retry'")]
    public async Task Run_WrongUsage_ExitsWithTwoAndNamesIt(string arguments, string expected)
    {
        using var ctl = CtlProcess.Start(_data.Path, arguments.Split(' '));

        Assert.Equal(ExitCodes.Usage, await ctl.WaitForExitAsync());
        Assert.Contains(expected, ctl.Output, StringComparison.Ordinal);
        Assert.StartsWith("error: ", ctl.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("help")]
    [InlineData("--help")]
    public async Task Run_Help_ListsEveryCommandAndTheExitCodes(string arguments)
    {
        using var ctl = CtlProcess.Start(_data.Path, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(ExitCodes.Ok, await ctl.WaitForExitAsync());
        Assert.All(
            (string[])
                ["./social", "up ", "down ", "status ", "demo ", "ctl ", "bench ", "test ", "help ", "Exit codes"],
            word => Assert.Contains(word, ctl.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Status_NothingRuns_FailsAndSaysHowToStart()
    {
        using var ctl = CtlProcess.Start(_data.Path, "status");

        Assert.Equal(ExitCodes.Failure, await ctl.WaitForExitAsync());
        Assert.Contains("./social up", ctl.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StatusJson_NothingRuns_IsADocument()
    {
        using var ctl = CtlProcess.Start(_data.Path, "status", "--json");
        await ctl.WaitForExitAsync();

        Assert.False(JsonDocument.Parse(ctl.Output).RootElement.GetProperty("running").GetBoolean());
    }

    [Fact]
    public async Task StatusJson_MeshRuns_TellsEveryPartAndThatTheStoresAnswer()
    {
        using var lease = PortLease.Take();
        var ports = lease.Ports;
        using var up = CtlProcess.Start(_data.Path, "up", "--port-base", $"{ports.Base}");
        await up.WaitForLineAsync("The mesh is up");

        using var ctl = CtlProcess.Start(_data.Path, "status", "--json");
        await ctl.WaitForExitAsync();

        var root = JsonDocument.Parse(ctl.Output).RootElement;
        Assert.Equal(
            (up.Identity.Pid, "ready"), (root.GetProperty("pid").GetInt32(), root.GetProperty("phase").GetString()));
        var parts = root.GetProperty("parts").EnumerateArray().ToList();
        Assert.Equal(ports.All.Count, parts.Count);
        Assert.All(
            parts.Where(part => part.GetProperty("kind").GetString() is "postgres" or "redis"),
            part => Assert.True(part.GetProperty("answers").GetBoolean(), part.ToString()));
        up.Send(Signal.Terminate);
        await up.WaitForExitAsync();
    }
}
