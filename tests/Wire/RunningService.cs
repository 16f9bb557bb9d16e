using System.Globalization;
using DaprSocial.Hosting;
using DaprSocial.Media;
using DaprSocial.Testing;
using DaprSocial.Wire.Tests.Http2;
using Microsoft.AspNetCore.Builder;

namespace DaprSocial.Wire.Tests;

/// <summary>Media as it runs, with all that stands before its handlers; it has calls of every kind.</summary>
public sealed class RunningService : IAsyncLifetime
{
    /// <summary>Of a message, as the service is set here.</summary>
    public const int ReceiveBytesMax = 64 * 1024;

    /// <summary>Of the headers of a call.</summary>
    public const int HeaderBytesMax = 16 * 1024;

    private readonly string[] _settings;
    private readonly Action<WebApplicationBuilder> _configure;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("daprsocial-wire-");
    private TestDatabase _database = null!;
    private WebApplication _app = null!;

    /// <summary>As the tests of bad input share it.</summary>
    public RunningService()
        : this([], _ => { })
    {
    }

    internal RunningService(string[] settings, Action<WebApplicationBuilder> configure) =>
        (_settings, _configure) = (settings, configure);

    public int Port { get; private set; }

    public int WebPort { get; private set; }

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        var ports = FreePorts.Find(2);
        (Port, WebPort) = (ports[0], ports[1]);
        string[] arguments =
        [
            string.Create(CultureInfo.InvariantCulture, $"--DaprSocial:AppPort={Port}"),
            string.Create(CultureInfo.InvariantCulture, $"--DaprSocial:WebPort={WebPort}"),
            string.Create(CultureInfo.InvariantCulture, $"--DaprSocial:Limits:ReceiveBytesMax={ReceiveBytesMax}"),
            string.Create(CultureInfo.InvariantCulture, $"--DaprSocial:Limits:HeaderBytesMax={HeaderBytesMax}"),
            $"--DaprSocial:Postgres={_database.ConnectionString}", "--DaprSocial:Roles=commands,queries",
            $"--DaprSocial:Media:Directory={_folder.FullName}", "--Logging:LogLevel:Default=None",
            .. _settings,
        ];
        _app = await ServiceHost.StartAsync(MediaModule.Service, arguments, _configure, CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>As a host does on a signal; ends when everything has stopped.</summary>
    internal Task StopAsync() => _app.StopAsync();

    /// <summary>One call on a connection of its own.</summary>
    internal async Task<Answer> CallAsync(IEnumerable<(string Name, string Value)> fields, byte[] body)
    {
        using var connection = await RawConnection.StartAsync(Port);
        return await connection.CallAsync(fields, body).InTimeAsync();
    }
}
