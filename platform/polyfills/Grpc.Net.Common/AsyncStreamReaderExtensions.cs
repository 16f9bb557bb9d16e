using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>Conveniences for streams of messages.</summary>
/// <remarks>A class of this name in Grpc.Core.Api has the other half; the compiler finds the methods of both.</remarks>
public static class AsyncStreamReaderExtensions
{
    /// <summary>Gives the messages of a stream to <c>await foreach</c>. Can be done once.</summary>
    /// <typeparam name="T">Type of the messages.</typeparam>
    /// <param name="streamReader">The stream.</param>
    /// <param name="cancellationToken">Gives up waiting, and with it the call.</param>
    /// <returns>The messages, in the order of arrival.</returns>
    public static IAsyncEnumerable<T> ReadAllAsync<T>(
        this IAsyncStreamReader<T> streamReader,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        return ReadAllCoreAsync(streamReader, cancellationToken);
    }

    private static async IAsyncEnumerable<T> ReadAllCoreAsync<T>(
        IAsyncStreamReader<T> streamReader,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await streamReader.MoveNext(cancellationToken))
            yield return streamReader.Current;
    }
}
