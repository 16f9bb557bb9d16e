using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DaprSocial.Consistency;

/// <summary>
/// Client interceptor that carries the merged newest consistency token of one caller from answers to later requests,
/// so that the caller reads its own writes without thinking of it.
/// </summary>
/// <remarks>
/// Works on unary calls, by the fields named <c>consistency_token</c>. A request that has its own token keeps it.
/// One instance is for one caller (a session); it is safe for concurrent use.
/// </remarks>
public sealed class ConsistencyInterceptor : Interceptor
{
    private const string FieldName = "consistency_token";

    private readonly Lock _gate = new();
    private ConsistencyToken _token = ConsistencyToken.Empty;

    /// <summary>The merged token of all answers so far.</summary>
    public ConsistencyToken Token
    {
        get
        {
            lock (_gate)
                return _token;
        }
    }

    /// <summary>Adds what a token names, for example one that another session passed on.</summary>
    public void Merge(ConsistencyToken token)
    {
        lock (_gate)
            _token = _token.Merge(token);
    }

    /// <inheritdoc />
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var call = continuation(WithToken(request), context);
        return new AsyncUnaryCall<TResponse>(
            RememberAsync(call.ResponseAsync), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers,
            call.Dispose);
    }

    private TRequest WithToken<TRequest>(TRequest request)
    {
        if (request is not IMessage message || FindField(message) is not { } field
            || ((string)field.Accessor.GetValue(message)).Length > 0 || Token is not { IsEmpty: false } token)
            return request;
        // The caller's message is not ours to change: it may be sent again, to another service.
        var copy = message.Descriptor.Parser.ParseFrom(message.ToByteString());
        field.Accessor.SetValue(copy, token.ToString());
        return (TRequest)copy;
    }

    private async Task<TResponse> RememberAsync<TResponse>(Task<TResponse> answer)
    {
        var response = await answer;
        if (response is IMessage message && FindField(message) is { } field)
            Merge(ConsistencyToken.Parse((string)field.Accessor.GetValue(message)));
        return response;
    }

    private static FieldDescriptor? FindField(IMessage message) =>
        message.Descriptor.FindFieldByName(FieldName) is { FieldType: FieldType.String, IsRepeated: false } field
            ? field
            : null;
}
