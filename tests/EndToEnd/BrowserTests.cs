using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Posts.V1;
using DaprSocial.Testing;
using DaprSocial.Testing.Peers;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>A page in Chromium, of an origin that is not the services', reads over gRPC-Web.</summary>
[Trait("Category", "Full")]
public sealed class BrowserTests : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private PageServer _pages = null!;
    private TestMesh _mesh = null!;

    public async Task InitializeAsync()
    {
        _pages = await PageServer.StartAsync(await PageScript.BundleAsync(
            "tests/Conformance/peers/browser", "timeline.mjs", "protos",
            "daprsocial/timelines/v1/timeline_service.proto", "daprsocial/consistency/v1/freshness.proto",
            "daprsocial/media/v1/media.proto", "daprsocial/posts/v1/post.proto", "daprsocial/users/v1/user.proto"));
        _database = await TestDatabase.CreateAsync();
        _mesh = await TestMesh.StartAsync(
            _database, webOrigins: _pages.Address.GetLeftPart(UriPartial.Authority));
    }

    public async Task DisposeAsync()
    {
        await _mesh.DisposeAsync();
        await _database.DisposeAsync();
        await _pages.DisposeAsync();
    }

    [Fact]
    public async Task Page_OfAListedOrigin_ReadsTheHomeTimelineAndSeesWhyItIsRefused()
    {
        var ann = (await _mesh.CreatePeopleAsync("ann")).Single();
        await _mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = "Over the web ☺" }, ann.Headers);
        var last = await _mesh.Posts.CreatePostAsync(new CreatePostRequest { Text = "and again" }, ann.Headers);
        await _mesh.DrainAsync();

        var lines = await Browser.ReadReportAsync(new Uri(
            _pages.Address,
            $"?server={_mesh.Ports.ServiceWebAddress("timelines").GetLeftPart(UriPartial.Authority)}&actor={ann.Id}"
            + $"&token={Uri.EscapeDataString(last.ConsistencyToken)}"));

        Assert.Equal(
            [
                "ann: and again", "ann: Over the web ☺",
                "refused: Unauthenticated, details of google.rpc.ErrorInfo",
            ],
            lines);
    }
}
