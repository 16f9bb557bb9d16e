using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DaprSocial.Dapr;

/// <summary>Moves the deadlines of outgoing calls.</summary>
internal sealed class DeadlineShift(TimeSpan shift) : Interceptor
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation) => continuation(request, Move(context));

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) => continuation(request, Move(context));

    private ClientInterceptorContext<TRequest, TResponse> Move<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class =>
        context.Options.Deadline is { } deadline && deadline != DateTime.MaxValue
            ? new(context.Method, context.Host, context.Options.WithDeadline(deadline + shift))
            : context;
}
