using Google.Rpc;

namespace Grpc.Core;

/// <summary>Exceptions as details of a rich status, for servers whose callers may see them.</summary>
public static class ExceptionExtensions
{
    /// <summary>An exception and those inside it, with their stack traces.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="innerDepth">How many exceptions inside it are told of.</param>
    public static DebugInfo ToRpcDebugInfo(this Exception exception, int innerDepth = 0)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var info = new DebugInfo { Detail = $"{exception.GetType().FullName}: {exception.Message}" };
        AddStack(exception, info);
        var inner = exception.InnerException;
        for (var depth = 0; depth < innerDepth && inner is not null; depth++, inner = inner.InnerException)
        {
            info.StackEntries.Add($"InnerException: {inner.GetType().FullName}: {inner.Message}");
            AddStack(inner, info);
        }

        return info;
    }

    private static void AddStack(Exception exception, DebugInfo info)
    {
        var lines = exception.StackTrace?.Split(
            '\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        info.StackEntries.AddRange(lines ?? []);
    }
}
