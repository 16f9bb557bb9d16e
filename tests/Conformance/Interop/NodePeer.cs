using DaprSocial.Testing;
using DaprSocial.Testing.Peers;

namespace DaprSocial.Conformance.Interop;

/// <summary>@grpc/grpc-js as a client of our server, and as a server for our client.</summary>
public sealed class NodePeer : IAsyncLifetime
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);
    private static readonly string _protos = Path.Combine(SourceTree.Root, "tests", "Conformance", "protos");

    private readonly InteropServer _ours = new();
    private NodeProgram? _scripts;

    /// <summary>What the client said; its failure is that of the tests that ask.</summary>
    internal Task<PeerLines> Client { get; private set; } = null!;

    internal ForeignServer Server { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _scripts = await NodeProgram.InstallAsync("tests/Conformance/peers/node");
        await _ours.InitializeAsync();
        Server = await ForeignServer.StartAsync(_scripts.Folder, "node", "server.mjs", _protos);
        Client = PeerLines.OfAsync(PeerProcess.RunAsync(
            _scripts.Folder, _patience, ["node", "client.mjs", _protos, $"{_ours.Grpc.Port}", .. InteropCases.Names]));
    }

    public async Task DisposeAsync()
    {
        await _ours.DisposeAsync();
        if (Server is not null)
            await Server.DisposeAsync();
        _scripts?.Dispose();
    }
}
