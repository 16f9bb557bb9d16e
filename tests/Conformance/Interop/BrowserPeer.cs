using DaprSocial.Testing.Peers;

namespace DaprSocial.Conformance.Interop;

/// <summary>Clients of gRPC-Web on a page in Chromium, whose origin is another than our server's.</summary>
public sealed class BrowserPeer : IAsyncLifetime
{
    private readonly InteropServer _ours = new();

    /// <summary>What the page said of each <c>CLIENT/CASE</c>.</summary>
    internal PeerLines Clients { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await _ours.InitializeAsync();
        await using var pages = await PageServer.StartAsync(await PageScript.BundleAsync(
            "tests/Conformance/peers/browser", "page.mjs", "tests/Conformance/protos",
            "testing/empty.proto", "testing/messages.proto", "testing/test.proto"));
        var server = _ours.Web.GetLeftPart(UriPartial.Authority);
        var query = $"?server={server}&cases={string.Join(',', InteropCases.Names)}";
        Clients = new PeerLines(await Browser.ReadReportAsync(new Uri(pages.Address, query)));
    }

    public Task DisposeAsync() => _ours.DisposeAsync();
}
