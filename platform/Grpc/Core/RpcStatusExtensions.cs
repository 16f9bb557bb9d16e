using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Grpc.Core;

/// <summary>Rich statuses: their details by type, and the exceptions that carry them.</summary>
public static class RpcStatusExtensions
{
    /// <summary>The first detail of a type, as <c>status.GetDetail&lt;BadRequest&gt;()</c>.</summary>
    /// <returns>Null when there is none, or its bytes are not of that type.</returns>
    public static T? GetDetail<T>(this Google.Rpc.Status status)
        where T : class, IMessage<T>, new() => status.GetDetails<T>().FirstOrDefault();

    /// <summary>All details of a type; those whose bytes are not of that type are left out.</summary>
    public static IEnumerable<T> GetDetails<T>(this Google.Rpc.Status status)
        where T : class, IMessage<T>, new()
    {
        ArgumentNullException.ThrowIfNull(status);
        var type = new T().Descriptor;
        return status.Details.Where(detail => detail.Is(type)).Select(Unpack<T>).OfType<T>();
    }

    /// <summary>The exception that a server throws to answer with this status, its code and its message.</summary>
    public static RpcException ToRpcException(this Google.Rpc.Status status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return status.ToRpcException((StatusCode)status.Code, status.Message);
    }

    /// <summary>The exception that a server throws to answer with this status as details.</summary>
    /// <param name="status">The details.</param>
    /// <param name="statusCode">What the call ends with.</param>
    /// <param name="message">Text of the end.</param>
    public static RpcException ToRpcException(this Google.Rpc.Status status, StatusCode statusCode, string message)
    {
        ArgumentNullException.ThrowIfNull(status);
        var trailers = new Metadata();
        trailers.SetRpcStatus(status);
        return new RpcException(new Status(statusCode, message), trailers);
    }

    private static T? Unpack<T>(Any detail)
        where T : class, IMessage<T>, new()
    {
        try
        {
            return detail.Unpack<T>();
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
