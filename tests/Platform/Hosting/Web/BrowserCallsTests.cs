using System.Net;
using System.Net.Http.Headers;

namespace DaprSocial.Platform.Tests.Hosting.Web;

/// <summary>gRPC-Web as a browser's page calls it, and what keeps other pages out.</summary>
public sealed class BrowserCallsTests : IAsyncLifetime, IDisposable
{
    private const string Page = "http://localhost:3000";
    private const string OtherPage = "https://evil.example";
    private const string Method = "grpc.health.v1.Health/Check";
    private const string BinaryType = "application/grpc-web+proto";

    private readonly HttpClient _http = new();
    private BrowserHost _host = null!;

    public async Task InitializeAsync() => _host = await BrowserHost.StartAsync($"{Page}, https://app.example");

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData(Page)]
    [InlineData("https://app.example")]
    [InlineData(null)]
    public async Task Call_FromAPageOfTheListOrFromNoPage_IsAnswered(string? origin)
    {
        using var response = await CallAsync(_host.Web, origin);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(BinaryType, response.Content.Headers.ContentType!.ToString());
        Assert.EndsWith("grpc-status: 0\r\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(origin, Header(response, "access-control-allow-origin"));
        if (origin is not null)
        {
            Assert.Contains("grpc-status-details-bin", Header(response, "access-control-expose-headers")!,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(OtherPage)]
    [InlineData("http://localhost:3001")]
    [InlineData("null")]
    public async Task Call_FromAnotherPage_IsRefused(string origin)
    {
        using var response = await CallAsync(_host.Web, origin);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Null(Header(response, "access-control-allow-origin"));
    }

    [Fact]
    public async Task Call_FromAPageWhoseNameLeadsToLoopback_IsRefused()
    {
        // To the browser this is no call to another origin, so it asks nobody.
        var rebound = $"http://evil.example:{_host.Web.Port}";
        using var response = await CallAsync(_host.Web, rebound, host: rebound["http://".Length..]);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("content-type,x-grpc-web,x-user-agent,grpc-timeout")]
    [InlineData("daprsocial-actor")]
    public async Task Preflight_OfAPageOfTheList_AllowsTheCall(string headers)
    {
        using var response = await PreflightAsync(Page, headers);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(Page, Header(response, "access-control-allow-origin"));
        Assert.Equal("3600", Header(response, "access-control-max-age"));
        foreach (var header in headers.Split(','))
            Assert.Contains(header, Header(response, "access-control-allow-headers")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preflight_OfAnotherPage_AllowsNothing()
    {
        using var response = await PreflightAsync(OtherPage, "content-type");

        Assert.Null(Header(response, "access-control-allow-origin"));
    }

    [Fact]
    public async Task Call_OverTheListenerForEverybody_IsNotFound()
    {
        using var response = await CallAsync(_host.Open, origin: null);
        using var picture = await _http.GetAsync(new Uri(_host.Open, "picture"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
    }

    [Fact]
    public async Task Call_OverHttp2_IsAnswered()
    {
        using var response = await CallAsync(_host.Grpc, origin: null, version: 2);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.EndsWith("grpc-status: 0\r\n", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> CallAsync(Uri address, string? origin, string? host = null, int version = 1)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, Method))
        {
            // A frame without a message: the health of the whole server.
            Content = new ByteArrayContent(new byte[5]),
            Version = new Version(version, version == 1 ? 1 : 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(BinaryType);
        request.Headers.Host = host;
        if (origin is not null)
            request.Headers.Add("origin", origin);
        return await _http.SendAsync(request);
    }

    private async Task<HttpResponseMessage> PreflightAsync(string origin, string headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, new Uri(_host.Web, Method));
        request.Headers.Add("origin", origin);
        request.Headers.Add("access-control-request-method", "POST");
        request.Headers.Add("access-control-request-headers", headers);
        return await _http.SendAsync(request);
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
