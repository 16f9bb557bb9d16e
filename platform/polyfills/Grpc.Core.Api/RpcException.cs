namespace Grpc.Core;

/// <summary>A call that ended with a status other than OK: thrown to callers, and by servers.</summary>
public class RpcException : Exception
{
    /// <summary>Makes an error whose message is the text of the status.</summary>
    /// <param name="status">The outcome of the call.</param>
    public RpcException(Status status)
        : this(status, Metadata.Empty, status.ToString())
    {
    }

    /// <summary>Makes an error with a message of its own.</summary>
    /// <param name="status">The outcome of the call.</param>
    /// <param name="message">The message, seen in this process only; the status travels.</param>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Makes an error with trailers, whose message is the text of the status.</summary>
    /// <param name="status">The outcome of the call.</param>
    /// <param name="trailers">What a server sends, or sent, after the last message.</param>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Makes an error with trailers and a message of its own.</summary>
    /// <param name="status">The outcome of the call.</param>
    /// <param name="trailers">What a server sends, or sent, after the last message.</param>
    /// <param name="message">The message, seen in this process only; the status travels.</param>
    /// <exception cref="ArgumentNullException">The trailers are null.</exception>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>The outcome of the call.</summary>
    public Status Status { get; }

    /// <summary>The code of the outcome, for exception filters.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>What came after the last message; empty when nothing did, never null.</summary>
    public Metadata Trailers { get; }
}
