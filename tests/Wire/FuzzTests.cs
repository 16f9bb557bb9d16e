using System.Net;
using System.Net.Http.Headers;
using DaprSocial.Testing;
using DaprSocial.Wire.Tests.Http2;
using Grpc.Core;

namespace DaprSocial.Wire.Tests;

/// <summary>
/// Bodies that are nearly right, the same in every run: each is answered with a status that says what is wrong with it,
/// never with one of a failure inside, and what they leave behind does not grow.
/// </summary>
public sealed class FuzzTests(RunningService service) : IClassFixture<RunningService>
{
    private const int Bodies = 400;

    private static readonly StatusCode[] _expected =
    [
        StatusCode.OK, StatusCode.Internal, StatusCode.InvalidArgument, StatusCode.ResourceExhausted,
        StatusCode.Unimplemented, StatusCode.NotFound,
    ];

    [Theory]
    [InlineData(Requests.Unary)]
    [InlineData(Requests.ServerStreaming)]
    [InlineData(Requests.ClientStreaming)]
    public async Task Frames_NearlyRight_AreAnsweredOrRefused(string path)
    {
        var random = new Random(20_260_101);
        using var connection = await RawConnection.StartAsync(service.Port);
        for (var i = 0; i < Bodies; i++)
        {
            var body = Spoil(GrpcFrame.Of(Requests.Message), random);
            var encoding = random.Next(4) == 0 ? "gzip" : "identity";

            var answer = await connection
                .CallAsync(Requests.Fields(path, more: ("grpc-encoding", encoding)), body).InTimeAsync();

            Assert.True(
                answer.HttpStatus == 200 && _expected.Contains(answer.Status!.Value),
                $"body {i}, {Convert.ToHexString(body)}, {encoding}: {answer}");
        }
    }

    [Theory]
    [InlineData("application/grpc-web+proto")]
    [InlineData("application/grpc-web-text")]
    public async Task GrpcWeb_NearlyRight_IsAnsweredOrRefused(string contentType)
    {
        var random = new Random(20_260_102);
        using var http = new HttpClient();
        var isText = contentType.EndsWith("text", StringComparison.Ordinal);
        for (var i = 0; i < Bodies; i++)
        {
            var right = GrpcFrame.Of(Requests.Message);
            // Spoilt before it is encoded, and after.
            var body = isText
                ? Spoil(Convert.ToBase64String(Spoil(right, random)).Select(c => (byte)c).ToArray(), random)
                : Spoil(right, random);
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
            using var request = new HttpRequestMessage(
                HttpMethod.Post, $"http://127.0.0.1:{service.WebPort}{Requests.Unary}") { Content = content };
            request.Headers.Add("daprsocial-actor", Requests.SomeId);

            using var response = await http.SendAsync(request).InTimeAsync();

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var status = await StatusOfAsync(response, isText);
            Assert.True(_expected.Contains(status), $"body {i}, {Convert.ToHexString(body)}: {status}");
        }
    }

    /// <summary>One to three of: a byte changed, bytes cut off the end, bytes added, a piece repeated.</summary>
    internal static byte[] Spoil(byte[] bytes, Random random)
    {
        var spoilt = bytes.ToList();
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var place = random.Next(spoilt.Count + 1);
            switch (random.Next(4))
            {
                case 0 when place < spoilt.Count:
                    spoilt[place] = (byte)random.Next(256);
                    break;
                case 1:
                    spoilt.RemoveRange(place, spoilt.Count - place);
                    break;
                case 2:
                    spoilt.InsertRange(place, Enumerable.Range(0, random.Next(20)).Select(_ => (byte)random.Next(256)));
                    break;
                default:
                    spoilt.AddRange(spoilt.Take(place).ToList());
                    break;
            }
        }

        return [.. spoilt];
    }

    private static async Task<StatusCode> StatusOfAsync(HttpResponseMessage response, bool isText)
    {
        if (response.Headers.TryGetValues("grpc-status", out var values))
            return Enum.Parse<StatusCode>(values.Single());
        var body = await response.Content.ReadAsByteArrayAsync();
        var text = System.Text.Encoding.Latin1.GetString(
            isText ? DecodePieces(System.Text.Encoding.ASCII.GetString(body)) : body);
        var place = text.LastIndexOf("grpc-status: ", StringComparison.Ordinal) + "grpc-status: ".Length;
        return Enum.Parse<StatusCode>(text[place..text.IndexOf("\r\n", place, StringComparison.Ordinal)]);
    }

    // Each flush is base64 of its own, padded.
    private static byte[] DecodePieces(string text) =>
        [.. text.Chunk(4).SelectMany(group => Convert.FromBase64CharArray(group, 0, group.Length))];
}
