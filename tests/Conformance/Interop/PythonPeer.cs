using DaprSocial.Testing;
using DaprSocial.Testing.Peers;

namespace DaprSocial.Conformance.Interop;

/// <summary>Python's grpcio, over the C core, as a client of our server, and as a server for our client.</summary>
public sealed class PythonPeer : IAsyncLifetime
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly InteropServer _ours = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("daprsocial-python-");

    /// <summary>What the client said; its failure is that of the tests that ask.</summary>
    internal Task<PeerLines> Client { get; private set; } = null!;

    internal ForeignServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        // Debian's own, which has Debian's grpcio; another Python on PATH has not.
        var python = DebianProgram.Require("/usr/bin/python3", "python3");
        DebianProgram.Require("/usr/lib/python3/dist-packages/grpc/__init__.py", "python3-grpcio");
        await GenerateAsync();
        await _ours.InitializeAsync();
        Server = await ForeignServer.StartAsync(_folder.FullName, python, "server.py");
        Client = PeerLines.OfAsync(PeerProcess.RunAsync(
            _folder.FullName, _patience, [python, "client.py", $"{_ours.Grpc.Port}", .. InteropCases.Names]));
    }

    public async Task DisposeAsync()
    {
        await _ours.DisposeAsync();
        if (Server is not null)
            await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>The stubs, with the scripts beside them.</summary>
    private async Task GenerateAsync()
    {
        var compiler = DebianProgram.Require("/usr/bin/protoc", "protobuf-compiler");
        var plugin = DebianProgram.Require("/usr/bin/grpc_python_plugin", "protobuf-compiler-grpc");
        var source = Path.Combine(SourceTree.Root, "tests", "Conformance");
        foreach (var script in Directory.EnumerateFiles(Path.Combine(source, "peers", "python"), "*.py"))
            File.Copy(script, Path.Combine(_folder.FullName, Path.GetFileName(script)));
        await PeerProcess.RunAsync(
            Path.Combine(source, "protos"), _patience,
            compiler, $"--plugin=protoc-gen-grpc_python={plugin}", "--proto_path=.",
            $"--python_out={_folder.FullName}", $"--grpc_python_out={_folder.FullName}",
            "testing/empty.proto", "testing/messages.proto", "testing/test.proto");
    }
}
