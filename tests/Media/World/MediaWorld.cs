using System.Globalization;
using DaprSocial.Errors;
using DaprSocial.Hosting;
using DaprSocial.Identifiers;
using DaprSocial.Media.Images;
using DaprSocial.Media.V1;
using DaprSocial.Testing;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace DaprSocial.Media.Tests.World;

/// <summary>
/// The service with a database, a folder and both listeners, and without a sidecar: it only takes calls.
/// </summary>
internal sealed class MediaWorld : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly DirectoryInfo _folder;
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private MediaWorld(TestDatabase database, DirectoryInfo folder, WebApplication app, int port, int httpPort)
    {
        (_database, _folder, _app) = (database, folder, app);
        _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        Client = new MediaService.MediaServiceClient(_channel);
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{httpPort}") };
    }

    public MediaService.MediaServiceClient Client { get; }

    public HttpClient Http { get; }

    public TestScanner Scanner => (TestScanner)Get<IMediaScanner>();

    public string Folder => _folder.FullName;

    /// <summary>What uploads have left in files.</summary>
    public IReadOnlyList<string> UploadFiles => FilesIn("uploads");

    public IReadOnlyList<string> BlobFiles => FilesIn("blobs");

    /// <param name="settings">Of the section of Media, as <c>Name=value</c>.</param>
    public static async Task<MediaWorld> StartAsync(params string[] settings)
    {
        var database = await TestDatabase.CreateAsync();
        var folder = Directory.CreateTempSubdirectory("daprsocial-media-");
        var ports = FreePorts.Find(2);
        string[] arguments =
        [
            string.Create(CultureInfo.InvariantCulture, $"--DaprSocial:AppPort={ports[0]}"),
            string.Create(CultureInfo.InvariantCulture, $"--DaprSocial:HttpPort={ports[1]}"),
            $"--DaprSocial:Postgres={database.ConnectionString}", "--DaprSocial:Roles=commands,queries",
            $"--DaprSocial:Media:Directory={folder.FullName}", "--Logging:LogLevel:Default=None",
            .. settings.Select(setting => $"--DaprSocial:Media:{setting}"),
        ];
        var app = await ServiceHost.StartAsync(
            MediaModule.Service, arguments,
            builder => builder.Services.AddSingleton<IMediaScanner>(new TestScanner()), CancellationToken.None);
        return new MediaWorld(database, folder, app, ports[0], ports[1]);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public static UserId NewUser() => new(Uuid.Create(DateTimeOffset.UnixEpoch.ToUnixTimeMilliseconds() + 1));

    public static Metadata As(UserId user) => new() { { "daprsocial-actor", user.ToString() } };

    /// <summary>Uploads in one call.</summary>
    /// <param name="size">As declared; null for what it is.</param>
    public async Task<UploadMediaResponse> UploadAsync(
        UserId user, byte[] bytes, string contentType = "", string requestId = "", long? size = null)
    {
        using var call = Client.UploadMedia(As(user));
        var header = new UploadHeader
        {
            Size = size ?? bytes.Length, ContentType = contentType, RequestId = requestId,
        };
        try
        {
            await call.RequestStream.WriteAsync(new UploadMediaRequest { Header = header });
            foreach (var chunk in bytes.Chunk(256 * 1024))
                await call.RequestStream.WriteAsync(new UploadMediaRequest { Data = ByteString.CopyFrom(chunk) });
            await call.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // The service has answered before all was sent; the answer says why.
        }

        return await call.ResponseAsync.InTimeAsync();
    }

    /// <summary>Begins an upload and brings all its bytes.</summary>
    public async Task<string> FillAsync(UserId user, byte[] bytes, string contentType = "")
    {
        var started = await Client.StartUploadAsync(
            new StartUploadRequest { Size = bytes.Length, ContentType = contentType }, As(user));
        var offset = 0;
        foreach (var chunk in bytes.Chunk(started.ChunkSizeMax))
        {
            await AppendAsync(user, started.Upload.Id, offset, chunk);
            offset += chunk.Length;
        }

        return started.Upload.Id;
    }

    public async Task<Upload> AppendAsync(UserId user, string uploadId, long offset, byte[] bytes)
    {
        var request = new AppendUploadRequest
        {
            UploadId = uploadId, Offset = offset, Data = ByteString.CopyFrom(bytes),
        };
        return (await Client.AppendUploadAsync(request, As(user))).Upload;
    }

    public async Task<V1.Media> FinishAsync(UserId user, string uploadId) =>
        (await Client.FinishUploadAsync(new FinishUploadRequest { UploadId = uploadId }, As(user))).Media;

    public async Task<byte[]> DownloadAsync(
        string mediaId, Variant variant = Variant.Original, long offset = 0, long length = 0)
    {
        var request = new DownloadMediaRequest
        {
            MediaId = mediaId, Variant = variant, Offset = offset, Length = length,
        };
        using var call = Client.DownloadMedia(request);
        using var bytes = new MemoryStream();
        await foreach (var part in call.ResponseStream.ReadAllAsync())
            part.Data.WriteTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The reason that a call is refused for.</summary>
    public static async Task<(string? Reason, RpcException Refusal)> RefusalOfAsync(Func<Task> callAsync)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(callAsync);
        return (refusal.GetReason(), refusal);
    }

    public async Task<long> CountAsync(string sql, params object[] parameters)
    {
        await using var source = NpgsqlDataSource.Create(_database.ConnectionString);
#pragma warning disable CA2100 // Constants of tests.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Ends the service when the calls that are under way have ended.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private IReadOnlyList<string> FilesIn(string name)
    {
        var folder = Path.Combine(_folder.FullName, name);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
                .Where(path => name == "uploads" || File.Exists(path))]
            : [];
    }
}
