namespace Grpc.Core;

/// <summary>The stream of a server's responses; it ends when the method returns.</summary>
/// <typeparam name="T">Type of the responses.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}
