namespace Grpc.Core.Interceptors;

/// <summary>Code that calls pass on their way out of a caller or into a server.</summary>
/// <remarks>Each method goes on unchanged unless overridden. One object may serve many calls at once.</remarks>
public abstract class Interceptor
{
    /// <summary>Goes on with a call with one request and one response that blocks its thread.</summary>
    /// <typeparam name="TRequest">Type of a request.</typeparam>
    /// <typeparam name="TResponse">Type of a response.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <returns>The response.</returns>
    public delegate TResponse BlockingUnaryCallContinuation<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class;

    /// <summary>Goes on with a call with one request and one response.</summary>
    /// <typeparam name="TRequest">Type of a request.</typeparam>
    /// <typeparam name="TResponse">Type of a response.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <returns>The call.</returns>
    public delegate AsyncUnaryCall<TResponse> AsyncUnaryCallContinuation<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class;

    /// <summary>Goes on with a call with one request and a stream of responses.</summary>
    /// <typeparam name="TRequest">Type of a request.</typeparam>
    /// <typeparam name="TResponse">Type of a response.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <returns>The call.</returns>
    public delegate AsyncServerStreamingCall<TResponse> AsyncServerStreamingCallContinuation<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class;

    /// <summary>Goes on with a call with a stream of requests and one response.</summary>
    /// <typeparam name="TRequest">Type of a request.</typeparam>
    /// <typeparam name="TResponse">Type of a response.</typeparam>
    /// <param name="context">The call.</param>
    /// <returns>The call.</returns>
    public delegate AsyncClientStreamingCall<TRequest, TResponse>
        AsyncClientStreamingCallContinuation<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class;

    /// <summary>Goes on with a call with a stream of requests and a stream of responses.</summary>
    /// <typeparam name="TRequest">Type of a request.</typeparam>
    /// <typeparam name="TResponse">Type of a response.</typeparam>
    /// <param name="context">The call.</param>
    /// <returns>The call.</returns>
    public delegate AsyncDuplexStreamingCall<TRequest, TResponse>
        AsyncDuplexStreamingCallContinuation<TRequest, TResponse>(
            ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class;

    /// <summary>Intercepts a call with one request and one response that blocks its thread.</summary>
    /// <typeparam name="TRequest">Type of a request.</typeparam>
    /// <typeparam name="TResponse">Type of a response.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Goes on to the next interceptor or the channel.</param>
    /// <returns>The response.</returns>
    public virtual TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class =>
        continuation(request, context);

    /// <summary>Intercepts a call with one request and one response.</summary>
    /// <typeparam name="TRequest">Type of a request.</typeparam>
    /// <typeparam name="TResponse">Type of a response.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Goes on to the next interceptor or the channel.</param>
    /// <returns>The call.</returns>
    public virtual AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class =>
        continuation(request, context);

    /// <summary>Intercepts a call with one request and a stream of responses.</summary>
    /// <typeparam name="TRequest">Type of a request.</typeparam>
    /// <typeparam name="TResponse">Type of a response.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Goes on to the next interceptor or the channel.</param>
    /// <returns>The call.</returns>
    public virtual AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class =>
        continuation(request, context);

    /// <summary>Intercepts a call with a stream of requests and one response.</summary>
    /// <typeparam name="TRequest">Type of a request.</typeparam>
    /// <typeparam name="TResponse">Type of a response.</typeparam>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Goes on to the next interceptor or the channel.</param>
    /// <returns>The call.</returns>
    public virtual AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class =>
        continuation(context);

    /// <summary>Intercepts a call with a stream of requests and a stream of responses.</summary>
    /// <typeparam name="TRequest">Type of a request.</typeparam>
    /// <typeparam name="TResponse">Type of a response.</typeparam>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Goes on to the next interceptor or the channel.</param>
    /// <returns>The call.</returns>
    public virtual AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class =>
        continuation(context);

    /// <summary>Intercepts the serving of a method with one request and one response.</summary>
    /// <typeparam name="TRequest">Type of a request.</typeparam>
    /// <typeparam name="TResponse">Type of a response.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Goes on to the next interceptor or the method.</param>
    /// <returns>The response.</returns>
    public virtual Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class =>
        continuation(request, context);

    /// <summary>Intercepts the serving of a method with a stream of requests and one response.</summary>
    /// <typeparam name="TRequest">Type of a request.</typeparam>
    /// <typeparam name="TResponse">Type of a response.</typeparam>
    /// <param name="requestStream">The stream of requests.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Goes on to the next interceptor or the method.</param>
    /// <returns>The response.</returns>
    public virtual Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class =>
        continuation(requestStream, context);

    /// <summary>Intercepts the serving of a method with one request and a stream of responses.</summary>
    /// <typeparam name="TRequest">Type of a request.</typeparam>
    /// <typeparam name="TResponse">Type of a response.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="responseStream">The stream of responses.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Goes on to the next interceptor or the method.</param>
    /// <returns>A task whose end ends the stream of responses.</returns>
    public virtual Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class =>
        continuation(request, responseStream, context);

    /// <summary>Intercepts the serving of a method with streams of requests and responses.</summary>
    /// <typeparam name="TRequest">Type of a request.</typeparam>
    /// <typeparam name="TResponse">Type of a response.</typeparam>
    /// <param name="requestStream">The stream of requests.</param>
    /// <param name="responseStream">The stream of responses.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">Goes on to the next interceptor or the method.</param>
    /// <returns>A task whose end ends the stream of responses.</returns>
    public virtual Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class =>
        continuation(requestStream, responseStream, context);
}
