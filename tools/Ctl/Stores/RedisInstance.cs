using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Stores;

/// <summary>A running private Redis server on loopback.</summary>
internal sealed class RedisInstance
{
    private const string ProcessIdField = "process_id:";
    private const int InfoLineCountMax = 100;
    private static readonly TimeSpan _startTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _stopTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _probeTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _retryDelay = TimeSpan.FromMilliseconds(20);

    private readonly RedisSettings _settings;

    private RedisInstance(RedisSettings settings, ProcessIdentity server)
    {
        _settings = settings;
        Server = server;
    }

    public ProcessIdentity Server { get; }

    public string Endpoint => _settings.Endpoint;

    /// <inheritdoc cref="PostgresInstance.StartAsync"/>
    public static async Task<RedisInstance> StartAsync(
        RedisSettings settings,
        RedisBinary binary,
        IProgressReport progress,
        Action<RedisInstance> launched,
        CancellationToken cancellationToken)
    {
        var account = await StoreAccount.PrepareAsync(settings.Folder, cancellationToken);
        return await progress.StepAsync($"Redis {binary.Version} on {settings.Endpoint}", async say =>
        {
            var server = FindRunning(settings);
            if (server is not null
                && await File.ReadAllTextAsync(settings.ConfigPath, cancellationToken) != settings.Config())
            {
                say($"stopping process {server.Pid} of an earlier run, which has other settings");
                await new RedisInstance(settings, server).StopAsync(cancellationToken);
                server = null;
            }

            if (server is null)
            {
                await WriteConfigAsync(settings, account, cancellationToken);
                ServerLog.Rotate(settings.LogPath);
                server = DetachedServer.Start(account.Wrap([binary.Path, settings.ConfigPath]), settings.LogPath);
            }

            var instance = new RedisInstance(settings, server);
            launched(instance);
            await instance.WaitUntilReadyAsync(cancellationToken);
            return instance;
        });
    }

    /// <inheritdoc cref="PostgresInstance.StopLeftoverAsync"/>
    public static async Task<bool> StopLeftoverAsync(RedisSettings settings, CancellationToken cancellationToken)
    {
        if (FindRunning(settings) is not { } server)
            return false;
        await new RedisInstance(settings, server).StopAsync(cancellationToken);
        return true;
    }

    /// <summary>A server of exactly this folder, known by the settings file on its command line.</summary>
    public static ProcessIdentity? FindRunning(RedisSettings settings)
    {
        foreach (var pid in ProcFs.ProcessIds())
        {
            var command = ProcFs.CommandLine(pid);
            if (command is [var program, var config]
                && Path.GetFileName(program) == "redis-server" && config == settings.ConfigPath)
                return ProcessIdentity.Find(pid);
        }

        return null;
    }

    /// <summary>Asks who serves the port.</summary>
    /// <returns>The process id of the Redis that answers there; null when none does.</returns>
    public static async Task<int?> FindServerAsync(int port, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_probeTimeout);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, timeout.Token);
            using var reader = new StreamReader(client.GetStream(), leaveOpen: true);
            await client.GetStream().WriteAsync("INFO server\r\n"u8.ToArray(), timeout.Token);

            // A bulk string: its length, then "name:value" lines and headings. An error is one line with a minus.
            var line = await reader.ReadLineAsync(timeout.Token);
            for (var rest = line is ['$', ..] ? InfoLineCountMax : 0; rest > 0 && line is not null; rest--)
            {
                if (line.StartsWith(ProcessIdField, StringComparison.Ordinal))
                    return int.Parse(line[ProcessIdField.Length..], CultureInfo.InvariantCulture);
                line = await reader.ReadLineAsync(timeout.Token);
            }

            return null;
        }
        catch (Exception e) when (e is SocketException or IOException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Server.Send(Signal.Terminate);
        if (await Server.WaitForExitAsync(_stopTimeout, cancellationToken))
            return;
        ForceStop();
        if (!await Server.WaitForExitAsync(_stopTimeout, cancellationToken))
            throw new CtlException($"Redis (process {Server.Pid}) does not stop.", $"See {_settings.LogPath}.");
    }

    /// <summary>Nothing in Redis needs saving, so this loses nothing that a stop would keep.</summary>
    public void ForceStop() => Server.Send(Signal.Kill);

    private static async Task WriteConfigAsync(
        RedisSettings settings, StoreAccount account, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(settings.ConfigPath, settings.Config(), cancellationToken);
        await account.GiveAsync(settings.ConfigPath, cancellationToken);
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (await FindServerAsync(_settings.Port, cancellationToken) != Server.Pid)
        {
            if (!Server.IsAlive || watch.Elapsed > _startTimeout)
            {
                var what = Server.IsAlive ? "does not answer" : "ended at once";
                throw new CtlException(
                    $"Redis {what}:\n{ServerLog.Tail(_settings.LogPath)}",
                    $"The whole log: {_settings.LogPath}");
            }

            await Task.Delay(_retryDelay, cancellationToken);
        }
    }
}
