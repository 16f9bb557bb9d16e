using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Grpc.AspNetCore.Web;

/// <summary>
/// What the gRPC server behind sees in place of HTTP/2: a body that is decoded, one that is encoded, and trailers that
/// end the body.
/// </summary>
internal sealed class GrpcWebFeature
    : IRequestBodyPipeFeature, IHttpResponseBodyFeature, IHttpResponseTrailersFeature, IHttpResetFeature
{
    private readonly HttpContext _context;
    private readonly IHttpResponseBodyFeature _body;
    private readonly IHttpResetFeature? _reset;
    private bool _areTrailersWritten;
    private bool _isCompleted;

    public GrpcWebFeature(HttpContext context, bool isTextRequest, bool isTextResponse)
    {
        _context = context;
        _body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        _reset = context.Features.Get<IHttpResetFeature>();
        Reader = isTextRequest
            ? PipeReader.Create(new Base64DecodeStream(context.Request.Body))
            : context.Request.BodyReader;
        Writer = isTextResponse ? new Base64PipeWriter(_body.Writer) : _body.Writer;
        context.Features.Set<IRequestBodyPipeFeature>(this);
        context.Features.Set<IHttpResponseBodyFeature>(this);
        context.Features.Set<IHttpResponseTrailersFeature>(this);
        context.Features.Set<IHttpResetFeature>(this);
    }

    public PipeReader Reader { get; }

    public PipeWriter Writer { get; }

    public Stream Stream => throw new NotSupportedException("gRPC writes to the pipe.");

    public IHeaderDictionary Trailers { get; set; } = new HeaderDictionary();

    public Task StartAsync(CancellationToken cancellationToken) => _body.StartAsync(cancellationToken);

    public void DisableBuffering() => _body.DisableBuffering();

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken) =>
        throw new NotSupportedException("gRPC writes to the pipe.");

    /// <summary>Also called by the server when a deadline passes.</summary>
    public async Task CompleteAsync()
    {
        await WriteTrailersAsync();
        await _body.CompleteAsync();
        _isCompleted = true;
    }

    // HTTP/1.1 has no way to end a request but to end its connection; a completed response has said all.
    public void Reset(int errorCode)
    {
        if (_reset is not null)
            _reset.Reset(errorCode);
        else if (!_isCompleted)
            _context.Abort();
    }

    public async Task WriteTrailersAsync()
    {
        if (_areTrailersWritten || Trailers.Count == 0)
            return;
        _areTrailersWritten = true;
        TrailerFrame.Write(Trailers, Writer);
        await Writer.FlushAsync(_context.RequestAborted);
    }
}
