using Grpc.Core;

namespace DaprSocial.Polyfills.Tests;

/// <summary>A stream over a list: gives the messages put in, keeps those written.</summary>
internal sealed class StreamStub(params string[] messages)
    : IAsyncStreamReader<string>, IClientStreamWriter<string>, IServerStreamWriter<string>
{
    private int _index = -1;

    public string Current => messages[_index];

    public List<string> Written { get; } = [];

    public List<CancellationToken> Tokens { get; } = [];

    public WriteOptions? WriteOptions { get; set; }

    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        Tokens.Add(cancellationToken);
        return Task.FromResult(++_index < messages.Length);
    }

    public Task WriteAsync(string message)
    {
        Written.Add(message);
        return Task.CompletedTask;
    }

    public Task CompleteAsync() => Task.CompletedTask;
}
