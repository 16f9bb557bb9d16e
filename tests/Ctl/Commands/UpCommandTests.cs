using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Processes;
using DaprSocial.Ctl.Stores;

namespace DaprSocial.Ctl.Tests.Commands;

/// <summary>The whole life of a mesh, each in its own folder and on its own ports.</summary>
public sealed class UpCommandTests : IAsyncLifetime
{
    private const string Ready = "The mesh is up";

    private readonly string _data = Native.RealPath(Directory.CreateTempSubdirectory("ctl-tests-").FullName);
    private readonly PortLease _lease = PortLease.Take();

    private MeshPorts Ports => _lease.Ports;

    private StoresSettings Settings => StoresSettings.ForMesh(_data, Ports.Postgres, Ports.Redis);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await LocalStores.StopLeftoversAsync(Settings, new SilentProgress(), Limits.Patience());
        Directory.Delete(_data, recursive: true);
        _lease.Dispose();
    }

    [Theory]
    [InlineData("Interrupt")]
    [InlineData("Terminate")]
    public async Task Up_Signal_LeavesNoProcessNoPortAndNoState(string signal)
    {
        using var up = await StartUpAsync();
        var (postgres, redis) = FindStores();

        up.Send(Enum.Parse<Signal>(signal));

        Assert.Equal(ExitCodes.Ok, await up.WaitForExitAsync());
        AssertNothingIsLeft(postgres, redis);
    }

    [Fact]
    public async Task Up_SecondSignalWhileAStoreHangs_ForcesAndLeavesNoProcess()
    {
        const Signal Pause = (Signal)19;
        using var up = await StartUpAsync();
        var (postgres, redis) = FindStores();
        redis.Send(Pause);
        up.Send(Signal.Interrupt);
        await up.WaitForLineAsync("Stopping.");

        up.Send(Signal.Interrupt);

        // Either the forced end or the orderly one, which the force has set free, is the first to be done.
        Assert.Contains(await up.WaitForExitAsync(), (int[])[ExitCodes.Interrupted, ExitCodes.Ok]);
        Assert.Contains("Stopping at once.", up.Output, StringComparison.Ordinal);
        Assert.False(postgres.IsAlive);
        Assert.False(redis.IsAlive);
    }

    [Fact]
    public async Task Up_PrintsEndpointsAndAProbeToCopy()
    {
        using var up = await StartUpAsync();

        Assert.All(Ports.All, port => Assert.Contains($"127.0.0.1:{port.Port}", up.Output, StringComparison.Ordinal));
        Assert.Contains("npx --yes @bufbuild/buf curl", up.Output, StringComparison.Ordinal);
        Assert.Contains(
            $"http://127.0.0.1:{Ports.SidecarGrpc(MeshApps.Edge)}/daprsocial.users.v1.UserService/CreateUser",
            up.Output,
            StringComparison.Ordinal);
        up.Send(Signal.Terminate);
        await up.WaitForExitAsync();
    }

    [Fact]
    public async Task Up_SecondOfTheSameFolder_IsRefusedAndTheFirstLives()
    {
        using var up = await StartUpAsync();
        using var others = PortLease.Take();

        using var second = Run("up", "--port-base", Text(others.Ports.Base));

        Assert.Equal(ExitCodes.Failure, await second.WaitForExitAsync());
        Assert.Contains($"process {up.Identity.Pid}", second.Output, StringComparison.Ordinal);
        Assert.Contains("./social down", second.Output, StringComparison.Ordinal);
        Assert.True(up.Identity.IsAlive);
        up.Send(Signal.Terminate);
        await up.WaitForExitAsync();
    }

    [Fact]
    public async Task Up_AfterKillOfTheLauncher_TakesTheRunningStoresOver()
    {
        using var killed = await StartUpAsync();
        var (postgres, redis) = FindStores();
        killed.Send(Signal.Kill);
        await killed.WaitForExitAsync();
        Assert.True(postgres.IsAlive && redis.IsAlive);

        using var up = await StartUpAsync();

        Assert.Equal((postgres, redis), FindStores());
        up.Send(Signal.Interrupt);
        await up.WaitForExitAsync();
        AssertNothingIsLeft(postgres, redis);
    }

    [Fact]
    public async Task Up_AfterKillOfEverything_Recovers()
    {
        using var killed = await StartUpAsync();
        var (postgres, redis) = FindStores();
        foreach (var process in (ProcessIdentity[])[killed.Identity, redis, postgres])
            process.Send(Signal.Kill);
        await killed.WaitForExitAsync();

        using var up = await StartUpAsync();

        Assert.NotEqual(postgres, FindStores().Postgres);
        up.Send(Signal.Interrupt);
        Assert.Equal(ExitCodes.Ok, await up.WaitForExitAsync());
    }

    [Fact]
    public async Task Up_StoreDies_StopsTheRestAndSaysWhich()
    {
        using var up = await StartUpAsync();
        var (postgres, redis) = FindStores();

        redis.Send(Signal.Kill);

        Assert.Equal(ExitCodes.Failure, await up.WaitForExitAsync());
        Assert.Contains($"Redis (process {redis.Pid}) has ended", up.Output, StringComparison.Ordinal);
        AssertNothingIsLeft(postgres, redis);
    }

    [Fact]
    public async Task Up_PortTaken_StartsNothing()
    {
        using var holder = new TcpListener(IPAddress.Loopback, Ports.SidecarGrpc(MeshApps.Graph));
        holder.Start();

        using var up = Run("up", "--port-base", Text(Ports.Base));

        Assert.Equal(ExitCodes.Failure, await up.WaitForExitAsync());
        Assert.Contains("graph sidecar (gRPC)", up.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Settings.Postgres.Folder));
    }

    [Fact]
    public async Task Down_MeshRuns_StopsItAndASecondTimeNothingRuns()
    {
        using var up = await StartUpAsync();
        var (postgres, redis) = FindStores();

        using var down = Run("down");

        Assert.Equal(ExitCodes.Ok, await down.WaitForExitAsync());
        Assert.Equal(ExitCodes.Ok, await up.WaitForExitAsync());
        AssertNothingIsLeft(postgres, redis);
        using var again = Run("down");
        Assert.Equal(ExitCodes.Ok, await again.WaitForExitAsync());
        Assert.Contains("Nothing is running.", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Down_LauncherWasKilled_StopsTheStoresItLeft()
    {
        using var killed = await StartUpAsync();
        var (postgres, redis) = FindStores();
        killed.Send(Signal.Kill);
        await killed.WaitForExitAsync();

        using var down = Run("down");

        Assert.Equal(ExitCodes.Ok, await down.WaitForExitAsync());
        AssertNothingIsLeft(postgres, redis);
    }

    [Fact]
    public async Task Session_NoMesh_StartsOneThatTheNextJoinsAndStopsItsOwn()
    {
        using var signals = new ShutdownSignals();
        var checkout = new Checkout(Checkout.Locate(_data).Root, _data);
        var first = await MeshSession.OpenAsync(checkout, Ports.Base, "demo", new SilentProgress(), signals);
        var (postgres, redis) = FindStores();
        Assert.True(first.Started);

        await using (var second = await MeshSession.OpenAsync(
            checkout, portBase: null, "demo", new SilentProgress(), signals))
        {
            Assert.False(second.Started);
            Assert.Equal(
                (first.Ports, first.PostgresConnectionString), (second.Ports, second.PostgresConnectionString));
        }

        Assert.True(postgres.IsAlive);
        await first.DisposeAsync();
        AssertNothingIsLeft(postgres, redis);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private CtlProcess Run(params string[] arguments) => CtlProcess.Start(_data, arguments);

    private async Task<CtlProcess> StartUpAsync()
    {
        var up = Run("up", "--port-base", Text(Ports.Base));
        await up.WaitForLineAsync(Ready);
        return up;
    }

    private (ProcessIdentity Postgres, ProcessIdentity Redis) FindStores() => (
        new PostgresCluster(Settings.Postgres).FindRunning()!.Value.Server,
        RedisInstance.FindRunning(Settings.Redis)!);

    private void AssertNothingIsLeft(ProcessIdentity postgres, ProcessIdentity redis)
    {
        Assert.False(postgres.IsAlive);
        Assert.False(redis.IsAlive);
        Assert.DoesNotContain(
            ProcFs.ProcessIds(),
            pid => ProcFs.WorkingDirectory(pid)?.StartsWith(_data, StringComparison.Ordinal) == true);
        Assert.All(Ports.All, port => Assert.True(PortCheck.IsFree(port.Port), port.Title));
        Assert.False(File.Exists(new MeshStateFile(_data).Path));
    }
}
