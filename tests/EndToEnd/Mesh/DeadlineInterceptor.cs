using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>Gives every call without a deadline a long one: a hang fails its test, it never blocks the run.</summary>
internal sealed class DeadlineInterceptor : Interceptor
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation) => continuation(request, Bounded(context));

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) =>
        continuation(request, Bounded(context));

    private static ClientInterceptorContext<TRequest, TResponse> Bounded<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class =>
        context.Options.Deadline is not null
            ? context
            : new(context.Method, context.Host, context.Options.WithDeadline(
                TimeProvider.System.GetUtcNow().UtcDateTime + _patience));
}
