namespace Grpc.Core;

/// <summary>The stream of a caller's requests.</summary>
/// <typeparam name="T">Type of the requests.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Ends the stream of requests; responses may still arrive.</summary>
    /// <returns>A task that ends when the transport has taken note.</returns>
    Task CompleteAsync();
}
