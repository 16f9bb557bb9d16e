using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.ClientFactory;

/// <summary>Ties outgoing calls to the incoming one, known by the HTTP context that flows with the task.</summary>
internal sealed class ContextPropagationInterceptor(
    GrpcContextPropagationOptions options, IHttpContextAccessor accessor) : Interceptor
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var (tied, link) = Tie(context);
        using (link)
            return continuation(request, tied);
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        var (tied, link) = Tie(context);
        if (link is null)
            return continuation(request, tied);
        return link.Start(() => link.Hold(continuation(request, tied)));
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var (tied, link) = Tie(context);
        if (link is null)
            return continuation(request, tied);
        return link.Start(() => link.Hold(continuation(request, tied)));
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var (tied, link) = Tie(context);
        if (link is null)
            return continuation(tied);
        return link.Start(() => link.Hold(continuation(tied)));
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var (tied, link) = Tie(context);
        if (link is null)
            return continuation(tied);
        return link.Start(() => link.Hold(continuation(tied)));
    }

    private (ClientInterceptorContext<TRequest, TResponse> Context, CancellationLink? Link) Tie<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class
    {
        if (FindIncoming() is not { } incoming)
            return (context, null);
        var call = context.Options;
        // Without a deadline of its own the incoming call has the latest time there is, which is none to take over.
        if (incoming.Deadline != DateTime.MaxValue && !(call.Deadline <= incoming.Deadline))
            call = call.WithDeadline(incoming.Deadline);
        var link = LinkOf(call.CancellationToken, incoming.CancellationToken);
        if (link is not null)
            call = call.WithCancellationToken(link.Token);
        else if (!call.CancellationToken.CanBeCanceled)
            call = call.WithCancellationToken(incoming.CancellationToken);
        return (new(context.Method, context.Host, call), link);
    }

    private ServerCallContext? FindIncoming()
    {
        var incoming = accessor.HttpContext?.Features.Get<IServerCallContextFeature>()?.ServerCallContext;
        return incoming is not null || options.SuppressContextNotFoundErrors
            ? incoming
            : throw new InvalidOperationException(
                "The client takes deadline and cancellation from the gRPC call being served, and there is none. "
                + "SuppressContextNotFoundErrors lets such calls go out as they are.");
    }

    // Only where there are two: handlers mostly hand on the very token of the incoming call.
    private static CancellationLink? LinkOf(CancellationToken own, CancellationToken incoming) =>
        own.CanBeCanceled && incoming.CanBeCanceled && own != incoming ? new CancellationLink(own, incoming) : null;
}
