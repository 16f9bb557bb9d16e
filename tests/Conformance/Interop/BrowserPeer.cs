using DaprSocial.Testing;
using DaprSocial.Testing.Peers;

namespace DaprSocial.Conformance.Interop;

/// <summary>Clients of gRPC-Web on a page in Chromium, whose origin is another than our server's.</summary>
public sealed class BrowserPeer : IAsyncLifetime
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly InteropServer _ours = new();

    /// <summary>What the page said of each <c>CLIENT/CASE</c>.</summary>
    internal PeerLines Clients { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await _ours.InitializeAsync();
        await using var pages = await PageServer.StartAsync(await BundleAsync());
        var server = _ours.Web.GetLeftPart(UriPartial.Authority);
        var query = $"?server={server}&cases={string.Join(',', InteropCases.Names)}";
        Clients = new PeerLines(await Browser.ReadReportAsync(new Uri(pages.Address, query)));
    }

    public Task DisposeAsync() => _ours.DisposeAsync();

    /// <summary>The page's script with its libraries and its generated messages, as one.</summary>
    private static async Task<string> BundleAsync()
    {
        using var scripts = await NodeProgram.InstallAsync("tests/Conformance/peers/browser");
        var compiler = DebianProgram.Require("/usr/bin/protoc", "protobuf-compiler");
        var programs = Path.Combine(scripts.Folder, "node_modules", ".bin");
        var generated = Directory.CreateDirectory(Path.Combine(scripts.Folder, "gen")).FullName;
        await PeerProcess.RunAsync(
            Path.Combine(SourceTree.Root, "tests", "Conformance", "protos"), _patience,
            compiler, $"--plugin=protoc-gen-es={programs}/protoc-gen-es", "--proto_path=.",
            $"--es_out={generated}", "--es_opt=target=js",
            "testing/empty.proto", "testing/messages.proto", "testing/test.proto");
        await PeerProcess.RunAsync(
            scripts.Folder, _patience,
            $"{programs}/esbuild", "page.mjs", "--bundle", "--outfile=page.js", "--log-level=warning");
        return await File.ReadAllTextAsync(Path.Combine(scripts.Folder, "page.js"));
    }
}
