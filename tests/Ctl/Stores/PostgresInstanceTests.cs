using System.Diagnostics;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Processes;
using DaprSocial.Ctl.Stores;

namespace DaprSocial.Ctl.Tests.Stores;

public sealed class PostgresInstanceTests : IAsyncLifetime
{
    private readonly StoresFixture _stores = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _stores.CleanUpAsync();

    [Fact]
    public async Task Start_Durable_IsPrivateSafeAndInASessionOfItsOwn()
    {
        var settings = _stores.PostgresSettings();
        var instance = await _stores.StartAsync(settings);

        Assert.Equal("on", await StoresFixture.QueryAsync(instance, "show fsync"));
        Assert.Equal("on", await StoresFixture.QueryAsync(instance, "show synchronous_commit"));
        Assert.Equal("on", await StoresFixture.QueryAsync(instance, "show full_page_writes"));
        Assert.Equal("on", await StoresFixture.QueryAsync(instance, "show data_checksums"));
        Assert.Equal("127.0.0.1", await StoresFixture.QueryAsync(instance, "show listen_addresses"));
        Assert.Equal("", await StoresFixture.QueryAsync(instance, "show unix_socket_directories"));
        Assert.Equal("UTF8", await StoresFixture.QueryAsync(instance, "show server_encoding"));
        Assert.Equal(
            "True",
            await StoresFixture.QueryAsync(instance, "select usesuper from pg_user where usename = current_user"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(settings.PasswordPath));

        // Field 6 of stat is the session: the server leads its own, so the terminal's Ctrl-C does not reach it.
        var stat = File.ReadAllText($"/proc/{instance.Server.Pid}/stat");
        Assert.Equal($"{instance.Server.Pid}", stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[3]);
    }

    [Fact]
    public async Task Start_NotDurable_SkipsWhatTestsDoNotNeed()
    {
        var instance = await _stores.StartAsync(_stores.PostgresSettings(durable: false));

        Assert.Equal("off", await StoresFixture.QueryAsync(instance, "show fsync"));
        Assert.Equal("off", await StoresFixture.QueryAsync(instance, "show synchronous_commit"));
    }

    [Fact]
    public async Task Start_WrongPassword_IsRefused()
    {
        var instance = await _stores.StartAsync(_stores.PostgresSettings());
        var port = await StoresFixture.QueryAsync(instance, "show port");

        await using var stranger = new Npgsql.NpgsqlConnection(
            PostgresInstance.ConnectionString(int.Parse(port), "postgres", "guess"));

        Assert.Equal(
            "28P01",
            (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => stranger.OpenAsync(Limits.Patience()))).SqlState);
    }

    [Fact]
    public async Task Stop_LeavesNoProcessAndNoPort()
    {
        var settings = _stores.PostgresSettings();
        var instance = await _stores.StartAsync(settings);

        await instance.StopAsync(Limits.Patience());

        Assert.False(instance.Server.IsAlive);
        Assert.True(PortCheck.IsFree(settings.Port));
        Assert.False(File.Exists(Path.Combine(settings.ClusterFolder, PostmasterFile.Name)));
    }

    [Fact]
    public async Task CreateDatabase_Twice_IsOne()
    {
        var instance = await _stores.StartAsync(_stores.PostgresSettings());

        await instance.CreateDatabaseIfMissingAsync("daprsocial", Limits.Patience());
        await instance.CreateDatabaseIfMissingAsync("daprsocial", Limits.Patience());

        Assert.Equal(
            "1",
            await StoresFixture.QueryAsync(instance, "select count(*) from pg_database where datname = 'daprsocial'"));
    }

    [Fact]
    public async Task Start_StillRunningAfterItsLauncherDied_IsTakenOver()
    {
        var settings = _stores.PostgresSettings();
        var first = await _stores.StartAsync(settings);

        var second = await _stores.StartAsync(settings);

        Assert.Equal(first.Server, second.Server);
    }

    [Fact]
    public async Task Start_StillRunningWithAnotherPort_IsRestartedOnTheNewOne()
    {
        var settings = _stores.PostgresSettings();
        var first = await _stores.StartAsync(settings);
        var moved = settings with { Port = PortCheck.TakeFree() };

        var second = await _stores.StartAsync(moved);

        Assert.False(first.Server.IsAlive);
        Assert.Equal($"{moved.Port}", await StoresFixture.QueryAsync(second, "show port"));
    }

    [Fact]
    public async Task Start_AfterKillOfEverything_HasAllThatWasAcknowledged()
    {
        var settings = _stores.PostgresSettings();
        var first = await _stores.StartAsync(settings);
        await StoresFixture.QueryAsync(first, "create table written (id int)");
        for (var id = 0; id < 20; id++)
            await StoresFixture.QueryAsync(first, "insert into written select count(*) from written");
        await StoresFixture.KillAllAsync(first, settings);

        var second = await _stores.StartAsync(settings);

        Assert.NotEqual(first.Server, second.Server);
        Assert.Equal("20", await StoresFixture.QueryAsync(second, "select count(*) from written"));
    }

    [Fact]
    public async Task Start_KilledServerThatNobodyReaps_StartsAllTheSame()
    {
        var settings = _stores.PostgresSettings();
        var first = await _stores.StartAsync(settings);
        var pidFile = Path.Combine(settings.ClusterFolder, PostmasterFile.Name);
        var lines = File.ReadAllLines(pidFile);
        await StoresFixture.KillAllAsync(first, settings);
        using var parent = new Process
        {
            // The shell becomes a program that never waits for its child: once that ends, it stays a zombie.
            StartInfo = new ProcessStartInfo(
                "sh", ["-c", "exec 3<&0; cat <&3 & echo $!; exec sh -c 'echo ready; exec sleep 1000'"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            },
        };
        parent.Start();
        var zombie = await parent.StandardOutput.ReadLineAsync(Limits.Patience());
        var child = ProcessIdentity.Find(int.Parse(zombie!))!;
        Assert.Equal("ready", await parent.StandardOutput.ReadLineAsync(Limits.Patience()));
        parent.StandardInput.Close();
        Assert.True(await child.WaitForExitAsync(TimeSpan.FromMinutes(1), Limits.Patience()));
        File.WriteAllLines(pidFile, [zombie!, .. lines.Skip(1)]);

        var second = await _stores.StartAsync(settings);

        Assert.True(Directory.Exists($"/proc/{zombie}"));
        Assert.Equal("1", await StoresFixture.QueryAsync(second, "select 1"));
        parent.Kill();
    }

    [Fact]
    public async Task Start_EveryProcess_BearsTheClustersName()
    {
        var settings = _stores.PostgresSettings();
        var instance = await _stores.StartAsync(settings);

        var children = await StoresFixture.QueryAsync(
            instance,
            "select string_agg(pid::text, ',') from pg_stat_activity where backend_type in ('checkpointer', 'walwriter')");

        Assert.All(children.Split(','), pid => Assert.StartsWith(
            $"postgres: {settings.ClusterName}:", ProcFs.CommandLine(int.Parse(pid))[0], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_AfterKillOfThePostmasterAlone_WaitsForItsProcessesAndRecovers()
    {
        var settings = _stores.PostgresSettings();
        var first = await _stores.StartAsync(settings);
        first.Server.Send(Signal.Kill);
        Assert.True(await first.Server.WaitForExitAsync(TimeSpan.FromMinutes(1), Limits.Patience()));

        var second = await _stores.StartAsync(settings);

        Assert.Equal("1", await StoresFixture.QueryAsync(second, "select 1"));
    }

    [Fact]
    public async Task Start_StaleFileWithAnotherProcessesId_StartsAndLeavesThatProcessAlone()
    {
        var settings = _stores.PostgresSettings();
        var first = await _stores.StartAsync(settings);
        var pidFile = Path.Combine(settings.ClusterFolder, PostmasterFile.Name);
        var lines = File.ReadAllLines(pidFile);
        await StoresFixture.KillAllAsync(first, settings);
        using var stranger = Process.Start("sleep", "1000");
        File.WriteAllLines(pidFile, [$"{stranger.Id}", .. lines.Skip(1)]);

        var second = await _stores.StartAsync(settings);

        Assert.Equal("1", await StoresFixture.QueryAsync(second, "select 1"));
        Assert.False(stranger.HasExited);
        stranger.Kill();
    }

    [Fact]
    public async Task StopLeftover_AnotherProcessesId_IsNotTouched()
    {
        var settings = _stores.PostgresSettings();
        using var stranger = Process.Start("sleep", "1000");
        Directory.CreateDirectory(settings.ClusterFolder);
        File.WriteAllText(
            Path.Combine(settings.ClusterFolder, PostmasterFile.Name),
            $"{stranger.Id}\n{settings.ClusterFolder}\n0\n{settings.Port}\n");

        Assert.False(await PostgresInstance.StopLeftoverAsync(settings, Limits.Patience()));

        Assert.False(stranger.HasExited);
        stranger.Kill();
    }

    [Fact]
    public async Task Start_ClusterHalfMadeByAKilledRun_MakesAWholeOne()
    {
        var settings = _stores.PostgresSettings();
        Directory.CreateDirectory(settings.ClusterFolder + ".new/base");

        var instance = await _stores.StartAsync(settings);

        Assert.Equal("1", await StoresFixture.QueryAsync(instance, "select 1"));
        Assert.False(Directory.Exists(settings.ClusterFolder + ".new"));
    }

    [Fact]
    public async Task Start_PortTakenMeanwhile_ShowsTheServersOwnWords()
    {
        var settings = _stores.PostgresSettings();
        using var holder = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, settings.Port);
        holder.Start();

        var error = await Assert.ThrowsAsync<CtlException>(() => _stores.StartAsync(settings));

        Assert.Contains("Address already in use", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PasswordFileGone_SaysWhatToDo()
    {
        var settings = _stores.PostgresSettings();
        await (await _stores.StartAsync(settings)).StopAsync(Limits.Patience());
        File.Delete(settings.PasswordPath);

        var error = await Assert.ThrowsAsync<CtlException>(() => _stores.StartAsync(settings));

        Assert.Contains(settings.PasswordPath, error.Message, StringComparison.Ordinal);
        Assert.Contains(settings.Folder, error.NextStep, StringComparison.Ordinal);
    }
}
