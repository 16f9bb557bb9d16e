namespace Grpc.Core;

/// <summary>A stream of messages to be sent.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>How the following messages are written; null for the default.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes a message. One such call at a time.</summary>
    /// <param name="message">The message.</param>
    /// <returns>A task that ends when the transport has taken the message.</returns>
    Task WriteAsync(T message);

    /// <summary>Writes a message, giving up when cancelled. One such call at a time.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up writing, and with it the call.</param>
    /// <returns>A task that ends when the transport has taken the message.</returns>
    /// <exception cref="NotSupportedException">The writer cannot cancel, and the token can be cancelled.</exception>
    Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
            throw new NotSupportedException("Cancellation of stream writes is not supported by this writer.");

        return WriteAsync(message);
    }
}
