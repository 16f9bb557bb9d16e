using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using DaprSocial.Testing;

namespace DaprSocial.StoreContracts.BlobStore;

/// <summary>
/// An S3-compatible server for tests (npm's s3rver), on loopback and with a folder of its own. It is installed once
/// into the checkout's data folder, at the version that this names.
/// </summary>
public sealed class S3Server : IAsyncLifetime
{
    public const string Bucket = "daprsocial-test";

    private const string Package = "s3rver";
    private const string Version = "3.7.1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("daprsocial-s3-");
    private Process? _process;

    public string Endpoint { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var program = await InstallAsync();
        var port = FreePorts.Find(1)[0];
        _process = Process.Start(new ProcessStartInfo("node",
        [
            // It encrypts the tokens of its listings with DES, which OpenSSL 3 keeps apart.
            "--openssl-legacy-provider", program, "--directory", _folder.FullName, "--address", "127.0.0.1", "--port",
            $"{port}", "--configure-bucket", Bucket, "--silent",
        ])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        }) ?? throw new InvalidOperationException("node does not start.");
        Endpoint = $"http://127.0.0.1:{port}";
        await WaitForPortAsync(port).InTimeAsync();
    }

    public async Task DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync().InTimeAsync();
            _process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(SourceTree.Root, ".data", "npm", $"{Package}-{Version}");
        var program = Path.Combine(folder, "node_modules", Package, "bin", $"{Package}.js");
        if (File.Exists(program))
            return program;
        Directory.CreateDirectory(folder);
        using var npm = Process.Start(new ProcessStartInfo(
            "npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--no-save", $"{Package}@{Version}"])
        {
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("npm does not start.");
        await npm.StandardOutput.ReadToEndAsync().InTimeAsync();
        await npm.WaitForExitAsync().InTimeAsync();
        return File.Exists(program)
            ? program
            : throw new InvalidOperationException($"npm has not installed {Package} {Version}.");
    }

    // The server has no other way to say that it is ready.
    private async Task WaitForPortAsync(int port)
    {
        while (true)
        {
            using var socket = new TcpClient();
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (_process is { HasExited: false })
            {
                await Task.Yield();
            }
        }
    }
}
