using System.Text;
using DaprSocial.Testing;
using DaprSocial.Wire.Tests.Http2;
using Grpc.Core;

namespace DaprSocial.Wire.Tests;

/// <summary>Connections that break the rules of HTTP/2 or wear the server out; a right call follows each.</summary>
public sealed class BadConnectionTests(RunningService service) : IClassFixture<RunningService>, IAsyncLifetime
{
    private const int ProtocolError = 1;
    private const int Cancel = 8;
    private const int EnhanceYourCalm = 11;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Whatever a test did: the service still answers others.</summary>
    public async Task DisposeAsync() => Assert.Equal(
        StatusCode.OK, (await service.CallAsync(Requests.Fields(), GrpcFrame.Of(Requests.Message))).Status);

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("POST /daprsocial.media.v1.MediaService/GetMedia HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")]
    public async Task Http11_OnTheGrpcPort_IsABadRequest(string text)
    {
        using var connection = await RawConnection.ConnectAsync(service.Port);
        await connection.WriteAsync(Encoding.ASCII.GetBytes(text));

        var answer = await connection.ReadToEndAsync().InTimeAsync();

        Assert.StartsWith("HTTP/1.1 400 Bad Request", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_OfNoProtocol_EndTheConnection()
    {
        using var connection = await RawConnection.ConnectAsync(service.Port);
        await connection.WriteAsync([.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 7))]);

        Assert.DoesNotContain("200", await connection.ReadToEndAsync().InTimeAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("te", "gzip")]
    [InlineData("connection", "keep-alive")]
    [InlineData("Upper", "x")]
    [InlineData(":unknown", "x")]
    public async Task Header_ThatHttp2Forbids_EndsTheConnection(string name, string value)
    {
        var fields = Requests.Fields().Where(field => field.Name != name).Append((name, value));

        var answer = await service.CallAsync(fields, GrpcFrame.Of(Requests.Message));

        Assert.Equal((ProtocolError, true), (answer.GoAway, answer.IsClosed));
    }

    [Fact]
    public async Task Headers_OverTheLimit_AreTooLarge()
    {
        var half = new string('x', RunningService.HeaderBytesMax / 2);

        var answer = await service.CallAsync(
            Requests.Fields(more: [("x", half), ("y", half)]), GrpcFrame.Of(Requests.Message));

        Assert.Equal(431, answer.HttpStatus);
    }

    [Fact]
    public async Task Headers_OverTwiceTheLimit_EndTheConnection()
    {
        var answer = await service.CallAsync(
            Requests.Fields(more: ("x", new string('x', 3 * RunningService.HeaderBytesMax))),
            GrpcFrame.Of(Requests.Message));

        Assert.True(answer is { IsClosed: true, GoAway: not null }, answer.ToString());
    }

    [Fact]
    public async Task Headers_MoreThanAHundred_AreTooMany()
    {
        var many = Enumerable.Range(0, 101).Select(i => ($"x{i}", "x")).ToArray();

        var answer = await service.CallAsync(Requests.Fields(more: many), GrpcFrame.Of(Requests.Message));

        Assert.Equal(431, answer.HttpStatus);
    }

    [Fact]
    public async Task Headers_ThatNeverEnd_EndTheConnection()
    {
        using var connection = await RawConnection.StartAsync(service.Port);
        var stream = connection.TakeStreamId();
        var piece = HeaderBlock.Encode([("x", new string('x', 8_000))]);
        await connection.SendAsync(new Frame(FrameType.Headers, FrameFlags.None, stream, piece));
        for (var i = 0; i < 50; i++)
            await connection.SendAsync(new Frame(FrameType.Continuation, FrameFlags.None, stream, piece));

        var answer = await connection.ReadAnswerAsync(stream).InTimeAsync();

        Assert.True(answer.IsClosed, answer.ToString());
    }

    [Fact]
    public async Task Streams_OpenedAndResetInALoop_EndTheConnection()
    {
        using var connection = await RawConnection.StartAsync(service.Port);
        var block = HeaderBlock.Encode(Requests.Fields());
        for (var round = 0; round < 200; round++)
        {
            await connection.SendAsync(Enumerable.Range(0, 100).SelectMany(_ =>
            {
                var stream = connection.TakeStreamId();
                return (Frame[])
                [
                    new Frame(FrameType.Headers, FrameFlags.EndHeaders, stream, block),
                    new Frame(FrameType.RstStream, FrameFlags.None, stream, [0, 0, 0, Cancel]),
                ];
            }));
        }

        var answer = await connection.ReadAnswerAsync(stream: -1).InTimeAsync();

        // What it says at the end (ENHANCE_YOUR_CALM) may be lost with the connection.
        Assert.True(answer is { IsClosed: true, GoAway: null or EnhanceYourCalm }, answer.ToString());
    }

    [Fact]
    public async Task Frame_LargerThanAllowed_EndsTheConnection()
    {
        using var connection = await RawConnection.StartAsync(service.Port);
        var stream = await connection.OpenAsync(Requests.Fields());
        await connection.SendAsync(new Frame(FrameType.Data, FrameFlags.None, stream, new byte[1 << 20]));

        var answer = await connection.ReadAnswerAsync(stream).InTimeAsync();

        Assert.True(answer.IsClosed, answer.ToString());
        Assert.NotNull(answer.GoAway);
    }

    [Theory]
    [InlineData(Requests.Unary)]
    [InlineData(Requests.ServerStreaming)]
    public async Task Body_ThatNeverComes_EndsWithTheDeadline(string path)
    {
        using var connection = await RawConnection.StartAsync(service.Port);
        var stream = await connection.OpenAsync(
            Requests.Fields(path, more: ("grpc-timeout", "50m")));

        var answer = await connection.ReadAnswerAsync(stream).InTimeAsync();

        Assert.Equal((200, StatusCode.DeadlineExceeded), (answer.HttpStatus, answer.Status));
    }

    [Fact]
    public async Task Call_ResetInTheMiddle_LeavesTheConnectionUsable()
    {
        using var connection = await RawConnection.StartAsync(service.Port);
        for (var i = 0; i < 20; i++)
        {
            var stream = await connection.OpenAsync(Requests.Fields());
            await connection.SendAsync(new Frame(FrameType.Data, FrameFlags.None, stream, [0, 0]));
            await connection.SendAsync(new Frame(FrameType.RstStream, FrameFlags.None, stream, [0, 0, 0, Cancel]));
        }

        var answer = await connection.CallAsync(Requests.Fields(), GrpcFrame.Of(Requests.Message)).InTimeAsync();

        Assert.Equal(StatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task Connection_ClosedInTheMiddle_HarmsNobody()
    {
        for (var i = 0; i < 20; i++)
        {
            using var connection = await RawConnection.StartAsync(service.Port);
            await connection.OpenAsync(Requests.Fields(Requests.ClientStreaming));
        }
    }
}
