using System.Net;
using System.Net.Sockets;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Processes;
using DaprSocial.Ctl.Stores;

namespace DaprSocial.Ctl.Tests.Stores;

public sealed class RedisInstanceTests : IAsyncLifetime
{
    private readonly StoresFixture _stores = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _stores.CleanUpAsync();

    [Fact]
    public async Task Start_InAFolderWithABlank_AnswersThenStopsAndFreesThePort()
    {
        var settings = _stores.RedisSettings();
        var instance = await _stores.StartAsync(settings);
        Assert.Equal(instance.Server.Pid, await RedisInstance.FindServerAsync(settings.Port, Limits.Patience()));

        await instance.StopAsync(Limits.Patience());

        Assert.False(instance.Server.IsAlive);
        Assert.Null(await RedisInstance.FindServerAsync(settings.Port, Limits.Patience()));
        Assert.True(PortCheck.IsFree(settings.Port));
    }

    [Fact]
    public async Task Start_StillRunning_IsTakenOver()
    {
        var settings = _stores.RedisSettings();
        var first = await _stores.StartAsync(settings);

        Assert.Equal(first.Server, (await _stores.StartAsync(settings)).Server);
    }

    [Fact]
    public async Task Start_StillRunningWithAnotherPort_IsRestartedOnTheNewOne()
    {
        var settings = _stores.RedisSettings();
        var first = await _stores.StartAsync(settings);
        var moved = settings with { Port = PortCheck.TakeFree() };

        var second = await _stores.StartAsync(moved);

        Assert.False(first.Server.IsAlive);
        Assert.Equal(second.Server.Pid, await RedisInstance.FindServerAsync(moved.Port, Limits.Patience()));
    }

    [Fact]
    public async Task Start_AfterKill_StartsAgain()
    {
        var settings = _stores.RedisSettings();
        var first = await _stores.StartAsync(settings);
        first.Server.Send(Signal.Kill);
        Assert.True(await first.Server.WaitForExitAsync(TimeSpan.FromMinutes(1), Limits.Patience()));

        var second = await _stores.StartAsync(settings);

        Assert.NotEqual(first.Server, second.Server);
    }

    [Fact]
    public async Task Start_PortServedByAnotherRedis_IsNotMistakenForOurs()
    {
        var other = await _stores.StartAsync(_stores.RedisSettings());
        var settings = new RedisSettings(
            Path.Combine(_stores.RedisSettings().Folder, "second"), int.Parse(other.Endpoint.Split(':')[1]));

        var error = await Assert.ThrowsAsync<CtlException>(() => _stores.StartAsync(settings));

        Assert.Contains("ended at once", error.Message, StringComparison.Ordinal);
        Assert.True(other.Server.IsAlive);
    }

    [Fact]
    public async Task FindServer_SomethingElseAnswers_IsNull()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener);

        Assert.Null(await RedisInstance.FindServerAsync(((IPEndPoint)listener.LocalEndpoint).Port, Limits.Patience()));
        await answering;
    }

    private static async Task AnswerAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(Limits.Patience());
        await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), Limits.Patience());
    }
}
