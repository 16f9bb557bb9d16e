using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace DaprSocial.Wire.Tests.Http2;

/// <summary>A connection on which a test says what it likes, byte by byte.</summary>
internal sealed class RawConnection : IDisposable
{
    private const int FrameSizeMax = 16 * 1024;

    private static readonly byte[] _preface = Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    // HEADER_TABLE_SIZE of 0, so that the peer's header blocks need no memory.
    private static readonly byte[] _settings = [0, 1, 0, 0, 0, 0];

    private readonly TcpClient _socket;
    private readonly NetworkStream _stream;
    private int _nextStream = 1;

    private RawConnection(TcpClient socket) => (_socket, _stream) = (socket, socket.GetStream());

    /// <summary>Connects and says nothing.</summary>
    public static async Task<RawConnection> ConnectAsync(int port)
    {
        var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawConnection(socket);
    }

    /// <summary>Connects and begins as HTTP/2 wants it.</summary>
    public static async Task<RawConnection> StartAsync(int port)
    {
        var connection = await ConnectAsync(port);
        await connection.WriteAsync(_preface);
        await connection.SendAsync(new Frame(FrameType.Settings, FrameFlags.None, 0, _settings));
        return connection;
    }

    public async Task WriteAsync(byte[] bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // The peer has ended the connection; what it said before is still to be read.
        }
    }

    public Task SendAsync(Frame frame) => WriteAsync(frame.Encode());

    public Task SendAsync(IEnumerable<Frame> frames) =>
        WriteAsync([.. frames.SelectMany(frame => frame.Encode())]);

    /// <summary>Opens a stream.</summary>
    /// <returns>Its id.</returns>
    public async Task<int> OpenAsync(IEnumerable<(string Name, string Value)> fields)
    {
        var stream = TakeStreamId();
        var pieces = HeaderBlock.Encode(fields).Chunk(FrameSizeMax).ToList();
        await SendAsync(pieces.Select((piece, i) => new Frame(
            i == 0 ? FrameType.Headers : FrameType.Continuation,
            i == pieces.Count - 1 ? FrameFlags.EndHeaders : FrameFlags.None, stream, piece)));
        return stream;
    }

    public int TakeStreamId()
    {
        var stream = _nextStream;
        _nextStream += 2;
        return stream;
    }

    /// <summary>A whole request: header fields, then the body, then its end.</summary>
    public async Task<Answer> CallAsync(IEnumerable<(string Name, string Value)> fields, byte[] body)
    {
        var stream = await OpenAsync(fields);
        await SendAsync(new Frame(FrameType.Data, FrameFlags.EndStream, stream, body));
        return await ReadAnswerAsync(stream);
    }

    /// <summary>Reads until the stream has ended, or the connection.</summary>
    public async Task<Answer> ReadAnswerAsync(int stream)
    {
        var answer = new Answer();
        while (await ReadFrameAsync() is { } frame)
        {
            if (frame.Type == FrameType.GoAway)
                answer.GoAway = frame.ErrorCode;
            if (frame.Type == FrameType.Settings && !frame.Has(FrameFlags.Ack))
                await SendAsync(new Frame(FrameType.Settings, FrameFlags.Ack, 0, []));
            if (frame.StreamId != stream)
                continue;
            if (frame.Type == FrameType.Headers)
            {
                Assert.True(frame.Has(FrameFlags.EndHeaders), "a header block in several frames");
                foreach (var (name, value) in HeaderBlock.Decode(frame.Payload))
                    answer.Fields[name] = value;
            }

            if (frame.Type == FrameType.Data)
                answer.Body.AddRange(frame.Payload);
            if (frame.Type == FrameType.RstStream)
                answer.Reset = BinaryPrimitives.ReadInt32BigEndian(frame.Payload);
            if (frame.Type == FrameType.RstStream
                || (frame.Type is FrameType.Headers or FrameType.Data && frame.Has(FrameFlags.EndStream)))
                return answer;
        }

        answer.IsClosed = true;
        return answer;
    }

    /// <summary>What the peer says, as text, until it closes the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var bytes = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(bytes);
        }
        catch (IOException)
        {
            // A reset is an end, too.
        }

        return Encoding.Latin1.GetString(bytes.ToArray());
    }

    /// <summary>Waits until the peer has read all that was sent before.</summary>
    public async Task FlushAsync()
    {
        await SendAsync(new Frame(FrameType.Ping, FrameFlags.None, 0, new byte[8]));
        await ReadToAsync(frame => frame.Type == FrameType.Ping && frame.Has(FrameFlags.Ack));
    }

    /// <summary>Passes over frames up to one of a kind.</summary>
    public async Task<Frame> ReadToAsync(Predicate<Frame> isWanted)
    {
        while (await ReadFrameAsync() is { } frame)
        {
            if (isWanted(frame))
                return frame;
        }

        throw new EndOfStreamException("The peer has closed the connection.");
    }

    public void Dispose() => _socket.Dispose();

    /// <returns>Null at the end of the connection.</returns>
    private async Task<Frame?> ReadFrameAsync()
    {
        var header = new byte[Frame.HeaderSize];
        try
        {
            if (await _stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false) < header.Length)
                return null;
            var payload = new byte[(header[0] << 16) | (header[1] << 8) | header[2]];
            await _stream.ReadExactlyAsync(payload);
            return new Frame(
                (FrameType)header[3], (FrameFlags)header[4],
                BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5)) & int.MaxValue, payload);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
