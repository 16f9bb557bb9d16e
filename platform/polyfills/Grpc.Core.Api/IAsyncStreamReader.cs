namespace Grpc.Core;

/// <summary>A stream of messages that arrive.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message last arrived at; meaningful only after <see cref="MoveNext"/> gave true.</summary>
    T Current { get; }

    /// <summary>Waits for the next message. One such call at a time.</summary>
    /// <param name="cancellationToken">Gives up waiting, and with it the call.</param>
    /// <returns>True when there is a message, false at the end of the stream.</returns>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}
