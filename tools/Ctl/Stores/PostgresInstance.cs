using System.Diagnostics;
using System.Globalization;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;
using Npgsql;

namespace DaprSocial.Ctl.Stores;

/// <summary>A running private PostgreSQL server on loopback.</summary>
internal sealed class PostgresInstance
{
    // Recovery after a kill replays at most some checkpoints' worth of log, but on a slow disk that takes its time.
    private static readonly TimeSpan _startTimeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan _fastStopTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _immediateStopTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _retryDelay = TimeSpan.FromMilliseconds(50);

    private readonly PostgresSettings _settings;
    private readonly PostgresCluster _cluster;

    private PostgresInstance(PostgresSettings settings, PostgresCluster cluster, ProcessIdentity server)
    {
        _settings = settings;
        _cluster = cluster;
        Server = server;
    }

    public ProcessIdentity Server { get; }

    /// <summary>Starts the server, or takes over one of ours that still runs after its launcher was killed.</summary>
    /// <param name="launched">Told of the process as soon as there is one, ready or not.</param>
    public static async Task<PostgresInstance> StartAsync(
        PostgresSettings settings,
        PostgresBinaries binaries,
        IProgressReport progress,
        Action<PostgresInstance> launched,
        CancellationToken cancellationToken)
    {
        var cluster = new PostgresCluster(settings);
        var account = await StoreAccount.PrepareAsync(settings.Folder, cancellationToken);
        await cluster.CreateIfMissingAsync(binaries, account, progress, cancellationToken);
        IReadOnlyList<string> command = [binaries.Postgres, .. settings.Arguments()];
        return await progress.StepAsync(
            $"PostgreSQL {binaries.Major} on 127.0.0.1:{settings.Port}",
            async say =>
            {
                var server = await ReuseAsync(settings, cluster, command, say, cancellationToken);
                if (server is null)
                {
                    await cluster.ClearLeftoversAsync(say, cancellationToken);
                    ServerLog.Rotate(settings.LogPath);
                    server = DetachedServer.Start(account.Wrap(command), settings.LogPath);
                }

                var instance = new PostgresInstance(settings, cluster, server);
                launched(instance);
                await instance.WaitUntilReadyAsync(say, cancellationToken);
                return instance;
            });
    }

    /// <summary>Stops a server that a killed run left behind.</summary>
    /// <returns>False when none runs.</returns>
    public static async Task<bool> StopLeftoverAsync(PostgresSettings settings, CancellationToken cancellationToken)
    {
        var cluster = new PostgresCluster(settings);
        if (cluster.FindRunning() is not { } running)
            return false;
        await new PostgresInstance(settings, cluster, running.Server).StopAsync(cancellationToken);
        return true;
    }

    public string ConnectionString(string database) => ConnectionString(_settings.Port, database, _cluster.Password);

    /// <summary>
    /// Encryption is not even asked for: nothing leaves the machine, and asking costs two round trips.
    /// </summary>
    public static string ConnectionString(int port, string database, string password) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Database = database,
            Username = PostgresSettings.SuperUser,
            Password = password,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;

    public async Task CreateDatabaseIfMissingAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(Unpooled("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using var find = new NpgsqlCommand("select 1 from pg_database where datname = $1", connection);
        find.Parameters.Add(new NpgsqlParameter { Value = name });
        if (await find.ExecuteScalarAsync(cancellationToken) is not null)
            return;
        using var builder = new NpgsqlCommandBuilder();
#pragma warning disable CA2100 // A name cannot be a parameter of this statement; it is a constant of ours, and quoted.
        await using var create = new NpgsqlCommand($"create database {builder.QuoteIdentifier(name)}", connection);
#pragma warning restore CA2100
        await create.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Stops fast: sessions are ended, everything is written, no recovery is needed at the next start.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Server.Send(Signal.Interrupt);
        if (await Server.WaitForExitAsync(_fastStopTimeout, cancellationToken))
            return;
        ForceStop();
        if (!await Server.WaitForExitAsync(_immediateStopTimeout, cancellationToken))
        {
            throw new CtlException(
                $"PostgreSQL (process {Server.Pid}) does not stop.",
                $"See {_settings.LogPath}; the last resort is kill -9 {Server.Pid}, after which it recovers.");
        }
    }

    /// <summary>Stops at once and leaves recovery to the next start. The server ends its own children first.</summary>
    public void ForceStop() => Server.Send(Signal.Quit);

    private static async Task<ProcessIdentity?> ReuseAsync(
        PostgresSettings settings,
        PostgresCluster cluster,
        IReadOnlyList<string> command,
        Action<string> say,
        CancellationToken cancellationToken)
    {
        if (cluster.FindRunning() is not { } running)
            return null;
        if (ProcFs.CommandLine(running.Server.Pid).SequenceEqual(command))
            return running.Server;
        say($"stopping process {running.Server.Pid} of an earlier run, which has other settings");
        await new PostgresInstance(settings, cluster, running.Server).StopAsync(cancellationToken);
        return null;
    }

    private async Task WaitUntilReadyAsync(Action<string> say, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (await ProbeAsync(cancellationToken) is { } reason)
        {
            if (!Server.IsAlive)
            {
                throw new CtlException(
                    $"PostgreSQL ended at once:\n{ServerLog.Tail(_settings.LogPath)}",
                    $"The whole log: {_settings.LogPath}");
            }

            if (watch.Elapsed > _startTimeout)
            {
                throw new CtlException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"PostgreSQL does not answer after {_startTimeout.TotalMinutes} minutes: {reason}"),
                    $"See {_settings.LogPath}.");
            }

            say(reason);
            await Task.Delay(_retryDelay, cancellationToken);
        }
    }

    /// <returns>Null when it answers, else why not.</returns>
    private async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Unpooled("postgres"));
            await connection.OpenAsync(cancellationToken);
            return null;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidPassword)
        {
            throw new CtlException(
                $"PostgreSQL does not accept the password in {_settings.PasswordPath}.",
                $"Put the right one there, or stop the server and remove {_settings.Folder} to start empty.");
        }
        catch (NpgsqlException e)
        {
            return e.Message;
        }
    }

    private string Unpooled(string database) =>
        new NpgsqlConnectionStringBuilder(ConnectionString(database)) { Pooling = false, Timeout = 2 }.ConnectionString;
}
