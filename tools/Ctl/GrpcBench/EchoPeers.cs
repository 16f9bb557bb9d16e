using System.Globalization;
using DaprSocial.Bench.Grpc;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;
using DaprSocial.Ctl.Stores;

namespace DaprSocial.Ctl.GrpcBench;

/// <summary>
/// Makes the servers that <c>bench grpc</c> compares: ours, Kestrel alone, gRPC's own for C++ and for Node.js. What is
/// built is kept in the data folder, by what it is made of.
/// </summary>
internal sealed class EchoPeers(Checkout checkout, IProgressReport progress)
{
    private const string Sources = "tools/EchoServer";
    private static readonly IReadOnlyDictionary<string, string?> _nothing = new Dictionary<string, string?>();

    private readonly List<string> _missing = [];

    /// <summary>What could not be made, and why.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>The ceiling first.</summary>
    public async Task<IReadOnlyList<GrpcPeer>> MakeAsync(CancellationToken cancellationToken)
    {
        await PeerPackages.InstallMissingAsync(PeerPackages.OfBench, progress, cancellationToken);
        var own = Path.Combine(AppContext.BaseDirectory, "DaprSocial.EchoServer.dll");
        var peers = new List<GrpcPeer>
        {
            new("Kestrel, the same bytes (ceiling)", port => ["dotnet", own, "raw", Text(port)]),
            new("ours", port => ["dotnet", own, "grpc", Text(port)]),
        };
        await AddAsync(peers, "C++, callback API", "cpp", CompileAsync, folder =>
            port => [Path.Combine(folder, "server"), Text(port)], cancellationToken);
        var proto = Path.Combine(checkout.Root, Sources, "protos", "echo.proto");
        await AddAsync(peers, "@grpc/grpc-js", "node", InstallAsync, folder =>
            port => ["node", Path.Combine(folder, "server.mjs"), Text(port), proto], cancellationToken);
        return peers;
    }

    private async Task AddAsync(
        List<GrpcPeer> peers, string name, string language, Func<string, CancellationToken, Task> makeAsync,
        Func<string, Func<int, IReadOnlyList<string>>> commandIn, CancellationToken cancellationToken)
    {
        try
        {
            peers.Add(new GrpcPeer(name, commandIn(await KeepAsync(language, makeAsync, cancellationToken))));
        }
        catch (CtlException exception)
        {
            _missing.Add($"{name}: {exception.Message} {exception.NextStep}");
        }
    }

    // In a folder that gets its name when it is whole, so that a run that was ended leaves nothing half made.
    private async Task<string> KeepAsync(
        string language, Func<string, CancellationToken, Task> makeAsync, CancellationToken cancellationToken)
    {
        var files = Directory.GetFiles(Path.Combine(checkout.Root, Sources, "peers", language))
            .Append(Path.Combine(checkout.Root, Sources, "protos", "echo.proto"))
            .Order(StringComparer.Ordinal).ToList();
        var contents = await Task.WhenAll(files.Select(file => File.ReadAllBytesAsync(file, cancellationToken)));
        var key = ShortHash.Of([.. contents.SelectMany(content => content)]);
        var target = Path.Combine(checkout.DataDirectory, "bench", $"grpc-{language}-{key}");
        if (Directory.Exists(target))
            return target;
        var staging = Directory.CreateDirectory($"{target}.{Path.GetRandomFileName()}").FullName;
        foreach (var file in files)
            File.Copy(file, Path.Combine(staging, Path.GetFileName(file)));
        await progress.StepAsync($"make the server for {language}", async _ =>
        {
            await makeAsync(staging, cancellationToken);
            return true;
        });
        Directory.Move(staging, target);
        return target;
    }

    private static async Task CompileAsync(string folder, CancellationToken cancellationToken)
    {
        await RunAsync(
            folder,
            [
                "protoc", "--plugin=protoc-gen-grpc=/usr/bin/grpc_cpp_plugin", "--proto_path=.", "--cpp_out=.",
                "--grpc_out=.", "echo.proto",
            ],
            cancellationToken);
        await RunAsync(
            folder,
            [
                "sh", "-c",
                "g++ -O2 -std=c++17 -o server server.cc echo.pb.cc echo.grpc.pb.cc "
                + "$(pkg-config --cflags --libs grpc++ protobuf)",
            ],
            cancellationToken);
    }

    private static Task InstallAsync(string folder, CancellationToken cancellationToken) => RunAsync(
        folder, ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cancellationToken);

    private static async Task RunAsync(
        string folder, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var result = await Tool.RunAsync(command, folder, _nothing, static _ => { }, cancellationToken);
        if (!result.Succeeded)
        {
            throw new CtlException(
                $"{command[0]} has failed in {folder}: {result.Tail(1)}",
                $"Run there: {string.Join(' ', command)}");
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
