namespace Grpc.Core;

/// <summary>The rich status of a failed call.</summary>
public static class RpcExceptionExtensions
{
    /// <summary>The rich status that the server sent.</summary>
    /// <returns>Null when it sent none, or bytes that are none.</returns>
    public static Google.Rpc.Status? GetRpcStatus(this RpcException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.Trailers.GetRpcStatus(ignoreParseError: true);
    }
}
