using Grpc.Core;

namespace DaprSocial.EventLog.Tests;

/// <summary>The answering side of a server stream that no network carries.</summary>
internal sealed class CallbackWriter<T>(Func<T, Task> onWriteAsync) : IServerStreamWriter<T>
{
    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => onWriteAsync(message);

    public Task WriteAsync(T message, CancellationToken cancellationToken) => onWriteAsync(message);
}
