using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text;
using DaprSocial.Testing;
using Grpc.Core;

namespace DaprSocial.Conformance.Interop;

/// <summary>Calls over gRPC-Web and HTTP/1.1, unary and server streaming, by requests made by hand.</summary>
internal sealed class WebInvoker(Uri address, bool isText) : CallInvoker, IDisposable
{
    private const int FrameHeaderSize = 5;
    private const byte TrailerFlag = 0x80;

    private readonly HttpClient _http = new() { BaseAddress = address };
    private readonly string _contentType = isText ? "application/grpc-web-text" : "application/grpc-web+proto";

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new WebCall<TResponse>(CallAsync(method, options, request));
        return new AsyncUnaryCall<TResponse>(
            call.MessageAsync(), call.HeadersAsync(), () => call.Ended.Status, () => call.Ended.Trailers,
            static () => { });
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new WebCall<TResponse>(CallAsync(method, options, request));
        return new AsyncServerStreamingCall<TResponse>(
            new AnswerReader<TResponse>(call.Answer), call.HeadersAsync(), () => call.Ended.Status,
            () => call.Ended.Trailers, static () => { });
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
        throw new NotSupportedException("The cases wait for no call by blocking.");

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw NoRequestStreams();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options) => throw NoRequestStreams();

    public void Dispose() => _http.Dispose();

    private static NotSupportedException NoRequestStreams() => new("gRPC-Web has no streams of requests.");

    private async Task<Answer<TResponse>> CallAsync<TRequest, TResponse>(
        Method<TRequest, TResponse> method, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, method.FullName);
        message.Content = Content(method, request);
        message.Headers.Add("x-grpc-web", "1");
        foreach (var entry in options.Headers ?? [])
            message.Headers.Add(entry.Key, entry.IsBinary ? Convert.ToBase64String(entry.ValueBytes) : entry.Value);
        using var response = await _http.SendAsync(message, options.CancellationToken);
        response.EnsureSuccessStatusCode();
        Assert.Equal(_contentType, response.Content.Headers.ContentType?.ToString());
        var headers = MetadataOf(response.Headers.Select(header => (header.Key, string.Join(',', header.Value))));
        var messages = new List<TResponse>();
        // An error before the first message may stand in the headers, with nothing after them.
        var trailers = headers;
        foreach (var (flag, payload) in Frames(await BytesAsync(response.Content)))
        {
            if (flag == TrailerFlag)
                trailers = ParseTrailers(Encoding.ASCII.GetString(payload));
            else
                messages.Add(method.ResponseMarshaller.ContextualDeserializer(new PayloadContext(payload)));
        }

        return new Answer<TResponse>(headers, messages, StatusOf(trailers), trailers);
    }

    private ByteArrayContent Content<TRequest, TResponse>(Method<TRequest, TResponse> method, TRequest request)
        where TRequest : class
        where TResponse : class
    {
        var payload = new PayloadWriter();
        method.RequestMarshaller.ContextualSerializer(request, payload);
        var frame = GrpcFrame.Of(payload.Written.ToArray());
        return new ByteArrayContent(isText ? Encoding.ASCII.GetBytes(Convert.ToBase64String(frame)) : frame)
        {
            Headers = { ContentType = MediaTypeHeaderValue.Parse(_contentType) },
        };
    }

    // Text is pieces of base64, each padded, one after the other.
    private async Task<byte[]> BytesAsync(HttpContent content)
    {
        var bytes = await content.ReadAsByteArrayAsync();
        return isText
            ? [.. bytes.Chunk(4).SelectMany(group => Convert.FromBase64String(Encoding.ASCII.GetString(group)))]
            : bytes;
    }

    private static IEnumerable<(byte Flag, byte[] Payload)> Frames(byte[] bytes)
    {
        for (var start = 0; start < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(start + 1));
            yield return (bytes[start], bytes.AsSpan(start + FrameHeaderSize, length).ToArray());
            start += FrameHeaderSize + length;
        }
    }

    private static Metadata ParseTrailers(string lines) => MetadataOf(lines
        .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
        .Select(static line => line.Split(": ", 2))
        .Select(static parts => (parts[0], parts[1])));

    private static Metadata MetadataOf(IEnumerable<(string Name, string Value)> entries)
    {
        var metadata = new Metadata();
        foreach (var (name, value) in entries)
        {
            if (name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase))
                metadata.Add(name, Convert.FromBase64String(value));
            else
                metadata.Add(name, value);
        }

        return metadata;
    }

    private static Status StatusOf(Metadata trailers) => new(
        Enum.Parse<StatusCode>(
            trailers.GetValue("grpc-status") ?? throw new InvalidDataException("There is no status.")),
        Uri.UnescapeDataString(trailers.GetValue("grpc-message") ?? ""));

    private sealed record Answer<T>(Metadata Headers, IReadOnlyList<T> Messages, Status Status, Metadata Trailers);

    private sealed class WebCall<T>
    {
        private Answer<T>? _ended;

        public WebCall(Task<Answer<T>> answer) => Answer = NoteAsync(answer);

        public Task<Answer<T>> Answer { get; }

        public Answer<T> Ended => _ended ?? throw new InvalidOperationException("The call is not over.");

        public async Task<Metadata> HeadersAsync() => (await Answer).Headers;

        public async Task<T> MessageAsync()
        {
            var (_, messages, status, trailers) = await Answer;
            return status.StatusCode == StatusCode.OK ? messages.Single() : throw new RpcException(status, trailers);
        }

        private async Task<Answer<T>> NoteAsync(Task<Answer<T>> answer) => _ended = await answer;
    }

    private sealed class AnswerReader<T>(Task<Answer<T>> answer) : IAsyncStreamReader<T>
    {
        private int _index = -1;

        public T Current { get; private set; } = default!;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            var (_, messages, status, trailers) = await answer.WaitAsync(cancellationToken);
            if (++_index < messages.Count)
            {
                Current = messages[_index];
                return true;
            }

            return status.StatusCode == StatusCode.OK ? false : throw new RpcException(status, trailers);
        }
    }

    private sealed class PayloadContext(byte[] payload) : DeserializationContext
    {
        public override int PayloadLength => payload.Length;

        public override byte[] PayloadAsNewBuffer() => payload;

        public override System.Buffers.ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(payload);
    }

    private sealed class PayloadWriter : SerializationContext
    {
        private readonly System.Buffers.ArrayBufferWriter<byte> _buffer = new();

        public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

        public override System.Buffers.IBufferWriter<byte> GetBufferWriter() => _buffer;

        public override void Complete()
        {
        }
    }
}
