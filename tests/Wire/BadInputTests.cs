using System.IO.Compression;
using DaprSocial.Testing;
using DaprSocial.Wire.Tests.Http2;
using Grpc.Core;

namespace DaprSocial.Wire.Tests;

/// <summary>
/// Requests that no client of ours would send, each with the one answer that it gets (docs/wire.md), and a right one
/// after each of them.
/// </summary>
public sealed class BadInputTests(RunningService service) : IClassFixture<RunningService>
{
    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("application/grpcfoo")]
    [InlineData("")]
    public async Task ContentType_OfAnotherKind_IsUnsupported(string contentType)
    {
        var answer = await CallAsync(Requests.Fields(contentType: contentType), GrpcFrame.Of(Requests.Message));

        Assert.Equal(415, answer.HttpStatus);
    }

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc+proto")]
    [InlineData("application/grpc;x=y")]
    [InlineData("application/grpc+foo")]
    public async Task ContentType_OfGrpc_IsTakenForProtobuf(string contentType)
    {
        var answer = await CallAsync(Requests.Fields(contentType: contentType), GrpcFrame.Of(Requests.Message));

        Assert.Equal((200, StatusCode.OK), (answer.HttpStatus, answer.Status));
    }

    [Fact]
    public async Task Te_Missing_IsNotMissed()
    {
        var answer = await CallAsync(
            Requests.Fields().Where(field => field.Name != "te"), GrpcFrame.Of(Requests.Message));

        Assert.Equal((200, StatusCode.OK), (answer.HttpStatus, answer.Status));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Method_OtherThanPost_IsNotFound(string method)
    {
        var answer = await CallAsync(Requests.Fields(method: method), GrpcFrame.Of(Requests.Message));

        Assert.Equal(404, answer.HttpStatus);
    }

    [Theory]
    [InlineData("/daprsocial.media.v1.MediaService/Nothing", "Method is unimplemented.")]
    [InlineData("/daprsocial.media.v1.Nothing/GetMedia", "Service is unimplemented.")]
    [InlineData("/../../etc/passwd", "Service is unimplemented.")]
    public async Task Path_Unknown_IsUnimplemented(string path, string message)
    {
        var answer = await CallAsync(Requests.Fields(path), GrpcFrame.Of(Requests.Message));

        Assert.Equal((200, StatusCode.Unimplemented, message), (answer.HttpStatus, answer.Status, answer.Message));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/GetMedia")]
    public async Task Path_OfNoMethod_IsNotFound(string path)
    {
        var answer = await CallAsync(Requests.Fields(path), GrpcFrame.Of(Requests.Message));

        Assert.Equal(404, answer.HttpStatus);
    }

    [Theory]
    [InlineData("1x", StatusCode.Internal)]
    [InlineData("", StatusCode.Internal)]
    [InlineData("-1S", StatusCode.Internal)]
    [InlineData("123456789S", StatusCode.Internal)]
    [InlineData("1 S", StatusCode.Internal)]
    [InlineData("0S", StatusCode.DeadlineExceeded)]
    [InlineData("1n", StatusCode.DeadlineExceeded)]
    public async Task Timeout_ThatCannotBe_IsRefused(string timeout, StatusCode status)
    {
        var answer = await CallAsync(
            Requests.Fields(more: ("grpc-timeout", timeout)), GrpcFrame.Of(Requests.Message));

        Assert.Equal((200, status), (answer.HttpStatus, answer.Status));
    }

    [Theory]
    [InlineData(Requests.Unary)]
    [InlineData(Requests.ServerStreaming)]
    public async Task Message_Missing_IsInternal(string path)
    {
        var answer = await CallAsync(Requests.Fields(path), []);

        Assert.Equal((StatusCode.Internal, "Incomplete message."), (answer.Status, answer.Message));
    }

    [Theory]
    [InlineData(Requests.Unary)]
    [InlineData(Requests.ServerStreaming)]
    public async Task Message_Second_IsInternal(string path)
    {
        var message = GrpcFrame.Of(Requests.Message);

        var answer = await CallAsync(Requests.Fields(path), [.. message, .. message]);

        Assert.Equal(
            (StatusCode.Internal, "Additional data after the message received."), (answer.Status, answer.Message));
    }

    public static TheoryData<string, int> Cuts
    {
        get
        {
            var cuts = new TheoryData<string, int>();
            foreach (var path in (string[])[Requests.Unary, Requests.ServerStreaming, Requests.ClientStreaming])
            {
                for (var cut = 1; cut < GrpcFrame.Of(Requests.Message).Length; cut += 6)
                    cuts.Add(path, cut);
            }

            return cuts;
        }
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Message_CutOff_IsInternal(string path, int cut)
    {
        var answer = await CallAsync(Requests.Fields(path), GrpcFrame.Of(Requests.Message)[..cut]);

        Assert.Equal((StatusCode.Internal, "Incomplete message."), (answer.Status, answer.Message));
    }

    [Theory]
    [InlineData(Requests.Unary, 2)]
    [InlineData(Requests.Unary, 0x80)]
    [InlineData(Requests.Unary, 255)]
    [InlineData(Requests.ServerStreaming, 255)]
    [InlineData(Requests.ClientStreaming, 2)]
    public async Task Flag_Unknown_IsInternal(string path, byte flag)
    {
        var answer = await CallAsync(Requests.Fields(path), GrpcFrame.Of(Requests.Message, flag));

        Assert.Equal((StatusCode.Internal, Unreadable), (answer.Status, answer.Message));
    }

    [Theory]
    [InlineData(Requests.Unary, RunningService.ReceiveBytesMax + 1)]
    [InlineData(Requests.Unary, int.MaxValue)]
    [InlineData(Requests.ServerStreaming, int.MaxValue)]
    [InlineData(Requests.ClientStreaming, int.MaxValue)]
    public async Task Length_OverTheLimit_IsExhaustedBeforeItIsRead(string path, uint length)
    {
        var answer = await CallAsync(Requests.Fields(path), GrpcFrame.Of(Requests.Message, length: length));

        Assert.Equal(
            (StatusCode.ResourceExhausted, "Received message exceeds the maximum configured message size."),
            (answer.Status, answer.Message));
    }

    [Theory]
    [InlineData(Requests.Unary, 0x8000_0000)]
    [InlineData(Requests.Unary, uint.MaxValue)]
    [InlineData(Requests.ClientStreaming, uint.MaxValue)]
    public async Task Length_OverTwoGigabytes_IsInternal(string path, uint length)
    {
        var answer = await CallAsync(Requests.Fields(path), GrpcFrame.Of(Requests.Message, length: length));

        Assert.Equal((StatusCode.Internal, Unreadable), (answer.Status, answer.Message));
    }

    [Theory]
    [InlineData(null, "Request did not include grpc-encoding value with compressed message.")]
    [InlineData("identity", "Request sent 'identity' grpc-encoding value with compressed message.")]
    public async Task Flag_CompressedWithoutAnEncoding_IsInternal(string? encoding, string message)
    {
        var answer = await CallAsync(
            Requests.Fields(more: encoding is null ? [] : [("grpc-encoding", encoding)]),
            GrpcFrame.Of(Requests.Message, flag: 1));

        Assert.Equal((StatusCode.Internal, message), (answer.Status, answer.Message));
    }

    [Fact]
    public async Task Encoding_Unknown_IsUnimplementedAndToldWhichAreKnown()
    {
        var answer = await CallAsync(
            Requests.Fields(more: ("grpc-encoding", "snappy")), GrpcFrame.Of(Requests.Message, flag: 1));

        Assert.Equal(StatusCode.Unimplemented, answer.Status);
        Assert.Equal(
            ["identity", "gzip", "deflate"],
            answer.Fields["grpc-accept-encoding"].Split(',', StringSplitOptions.TrimEntries));
    }

    [Theory]
    [InlineData(Requests.Unary, "gzip")]
    [InlineData(Requests.Unary, "deflate")]
    [InlineData(Requests.ServerStreaming, "gzip")]
    [InlineData(Requests.ClientStreaming, "gzip")]
    public async Task Compressed_Corrupt_IsInternal(string path, string encoding)
    {
        var answer = await CallAsync(
            Requests.Fields(path, more: ("grpc-encoding", encoding)), GrpcFrame.Of([1, 2, 3, 4, 5], flag: 1));

        Assert.Equal(
            (StatusCode.Internal, "A compressed message cannot be inflated."), (answer.Status, answer.Message));
    }

    [Theory]
    [InlineData(Requests.Unary)]
    [InlineData(Requests.ClientStreaming)]
    public async Task Compressed_BeyondTheLimit_IsExhausted(string path)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
            gzip.Write(new byte[16 * 1024 * 1024]);
        var bytes = compressed.ToArray();
        Assert.True(bytes.Length < RunningService.ReceiveBytesMax);

        var answer = await CallAsync(
            Requests.Fields(path, more: ("grpc-encoding", "gzip")), GrpcFrame.Of(bytes, flag: 1));

        Assert.Equal(StatusCode.ResourceExhausted, answer.Status);
    }

    [Theory]
    [InlineData(Requests.Unary)]
    [InlineData(Requests.ServerStreaming)]
    [InlineData(Requests.ClientStreaming)]
    public async Task Protobuf_Unreadable_IsInternal(string path)
    {
        var answer = await CallAsync(Requests.Fields(path), GrpcFrame.Of([0x0a, 0xff, 0xff]));

        Assert.Equal((StatusCode.Internal, Unreadable), (answer.Status, answer.Message));
    }

    [Fact]
    public async Task Metadata_NoBase64_IsInternal()
    {
        var answer = await CallAsync(
            Requests.Fields(more: ("trace-bin", "!!!")), GrpcFrame.Of(Requests.Message));

        Assert.Equal(StatusCode.Internal, answer.Status);
    }

    private const string Unreadable = "The request cannot be read.";

    private async Task<Answer> CallAsync(IEnumerable<(string Name, string Value)> fields, byte[] body)
    {
        var answer = await service.CallAsync(fields, body);
        var next = await service.CallAsync(Requests.Fields(), GrpcFrame.Of(Requests.Message));
        Assert.Equal(StatusCode.OK, next.Status);
        return answer;
    }
}
