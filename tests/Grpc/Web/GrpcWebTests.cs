using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DaprSocial.Testing;
using Google.Protobuf;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace DaprSocial.Grpc.Tests.Web;

/// <summary>gRPC-Web as browsers speak it, over HTTP/1.1 and HTTP/2, by a client that knows bytes only.</summary>
public sealed class GrpcWebTests : IAsyncLifetime, IDisposable
{
    private const string Known = "a.Service";
    private const string Check = "grpc.health.v1.Health/Check";
    private const string Watch = "grpc.health.v1.Health/Watch";
    private const byte TrailerFlag = 0x80;

    private readonly HttpClient _http = new();
    private WebHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await WebHost.StartAsync();
        _host.Health.SetStatus(Known, ServingStatus.Serving);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("application/grpc-web", 1)]
    [InlineData("application/grpc-web+proto", 1)]
    [InlineData("application/grpc-web-text", 1)]
    [InlineData("application/grpc-web-text+proto", 1)]
    [InlineData("application/grpc-web+proto;v=1", 1)]
    [InlineData("application/grpc-web+proto", 2)]
    [InlineData("application/grpc-web-text", 2)]
    public async Task Unary_EveryContentType_AnswersMessageAndTrailersInTheSame(string contentType, int version)
    {
        using var response = await SendAsync(Check, contentType, Frame(Known), version);
        var frames = await FramesOfAsync(response);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType.Split(';')[0], response.Content.Headers.ContentType!.ToString());
        Assert.Equal(new Version(version, version == 1 ? 1 : 0), response.Version);
        Assert.Equal(2, frames.Count);
        Assert.Equal(ServingStatus.Serving, HealthCheckResponse.Parser.ParseFrom(frames[0].Payload).Status);
        Assert.Equal(TrailerFlag, frames[1].Flag);
        Assert.Equal("grpc-status: 0\r\n", Encoding.ASCII.GetString(frames[1].Payload));
    }

    [Theory]
    [InlineData("application/grpc-web+proto", "application/grpc-web-text")]
    [InlineData("application/grpc-web-text", "application/grpc-web+proto")]
    public async Task Unary_AcceptsAnotherContentType_AnswersThat(string sent, string accepted)
    {
        using var response = await SendAsync(Check, sent, Frame(Known), accept: accepted);

        Assert.Equal(accepted, response.Content.Headers.ContentType!.ToString());
        Assert.Equal(2, (await FramesOfAsync(response)).Count);
    }

    [Theory]
    [InlineData("application/grpc-web")]
    [InlineData("application/grpc-web-text")]
    public async Task Unary_Refused_TellsTheStatusInHeadersOrTrailers(string contentType)
    {
        using var response = await SendAsync(Check, contentType, Frame("nobody"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType!.ToString());
        Assert.Equal("5", await StatusOfAsync(response));
    }

    [Fact]
    public async Task Unary_TextInManyPaddedPieces_IsReadAsOne()
    {
        var frame = Frame(Known);
        var pieces = string.Concat(frame.Chunk(4).Select(Convert.ToBase64String));

        using var response = await SendAsync(
            Check, "application/grpc-web-text", Encoding.ASCII.GetBytes(pieces), isEncoded: true);

        Assert.Contains("==", pieces, StringComparison.Ordinal);
        Assert.Equal("0", await StatusOfAsync(response));
    }

    [Theory]
    [InlineData("!!!!")]
    [InlineData("AAA")]
    [InlineData("AAAAAAA")]
    [InlineData("A===")]
    public async Task Unary_TextIsNotBase64_IsAnError(string body)
    {
        using var response = await SendAsync(
            Check, "application/grpc-web-text", Encoding.ASCII.GetBytes(body), isEncoded: true);

        Assert.Equal("13", await StatusOfAsync(response));
    }

    [Theory]
    [InlineData("application/grpc-web+proto")]
    [InlineData("application/grpc-web-text")]
    public async Task ServerStreaming_MessageByMessage_ArrivesAsItIsWritten(string contentType)
    {
        using var request = RequestOf(Watch, contentType, Frame(Known), 1);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead).InTimeAsync();
        await using var body = await response.Content.ReadAsStreamAsync();
        var isText = contentType.Contains("text", StringComparison.Ordinal);

        var first = await ReadMessageAsync(body, isText).InTimeAsync();
        _host.Health.SetStatus(Known, ServingStatus.NotServing);
        var second = await ReadMessageAsync(body, isText).InTimeAsync();

        Assert.Equal((ServingStatus.Serving, ServingStatus.NotServing), (first.Status, second.Status));
    }

    [Fact]
    public async Task Call_EndpointIsNotEnabled_IsRefused()
    {
        await using var host = await WebHost.StartAsync(
            _ => { },
            application =>
            {
                application.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
                application.MapGrpcService<global::Grpc.HealthCheck.HealthServiceImpl>().DisableGrpcWeb();
            });

        using var response = await SendAsync(Check, "application/grpc-web", Frame(Known), host: host);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Theory]
    [InlineData("application/grpc-webby")]
    [InlineData("application/json")]
    public async Task Call_OtherContentType_IsNotGrpcWeb(string contentType)
    {
        using var response = await SendAsync(Check, contentType, Frame(Known), version: 2);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Grpc_BesideIt_IsAsBefore()
    {
        var client = new Health.HealthClient(_host.Invoker);

        var answer = await client.CheckAsync(new HealthCheckRequest { Service = Known });

        Assert.Equal(ServingStatus.Serving, answer.Status);
    }

    private static byte[] Frame(string service) =>
        GrpcFrame.Of(new HealthCheckRequest { Service = service }.ToByteArray());

    private HttpRequestMessage RequestOf(
        string method, string contentType, byte[] body, int version, string? accept = null, bool isEncoded = false,
        WebHost? host = null)
    {
        var isText = contentType.Contains("text", StringComparison.Ordinal) && !isEncoded;
        var content = new ByteArrayContent(isText ? Encoding.ASCII.GetBytes(Convert.ToBase64String(body)) : body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        var address = version == 1 ? (host ?? _host).Web : (host ?? _host).Grpc;
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, method))
        {
            Content = content, Version = new Version(version, version == 1 ? 1 : 0),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Add("x-grpc-web", "1");
        if (accept is not null)
            request.Headers.Add("accept", accept);
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(
        string method, string contentType, byte[] body, int version = 1, string? accept = null, bool isEncoded = false,
        WebHost? host = null)
    {
        using var request = RequestOf(method, contentType, body, version, accept, isEncoded, host);
        return await _http.SendAsync(request).InTimeAsync();
    }

    private static async Task<List<(byte Flag, byte[] Payload)>> FramesOfAsync(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync();
        if (response.Content.Headers.ContentType!.ToString().Contains("text", StringComparison.Ordinal))
            bytes = Convert.FromBase64String(Encoding.ASCII.GetString(bytes));
        var frames = new List<(byte, byte[])>();
        for (var place = 0; place < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(place + 1));
            frames.Add((bytes[place], bytes[(place + 5)..(place + 5 + length)]));
            place += 5 + length;
        }

        return frames;
    }

    private static async Task<string> StatusOfAsync(HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues("grpc-status", out var values))
            return values.Single();
        var trailers = (await FramesOfAsync(response)).Single(frame => frame.Flag == TrailerFlag).Payload;
        var line = Encoding.ASCII.GetString(trailers).Split("\r\n")
            .Single(line => line.StartsWith("grpc-status: ", StringComparison.Ordinal));
        return line["grpc-status: ".Length..];
    }

    /// <summary>A message of two bytes is a frame of seven, or of twelve characters.</summary>
    private static async Task<HealthCheckResponse> ReadMessageAsync(Stream body, bool isText)
    {
        var bytes = new byte[isText ? 12 : 7];
        await body.ReadExactlyAsync(bytes);
        var frame = isText ? Convert.FromBase64String(Encoding.ASCII.GetString(bytes)) : bytes;
        return HealthCheckResponse.Parser.ParseFrom(frame.AsSpan(5));
    }
}
