namespace Grpc.Core.Interceptors;

/// <summary>A call as an interceptor on the caller's side sees it. Immutable; make another to change it.</summary>
/// <typeparam name="TRequest">Type of a request.</typeparam>
/// <typeparam name="TResponse">Type of a response.</typeparam>
/// <param name="method">The method to call.</param>
/// <param name="host">Host to name instead of the channel's own, or null.</param>
/// <param name="options">Headers (which may be null), deadline, cancellation and more.</param>
public readonly struct ClientInterceptorContext<TRequest, TResponse>(
    Method<TRequest, TResponse> method,
    string? host,
    CallOptions options)
    where TRequest : class
    where TResponse : class
{
    /// <summary>The method to call.</summary>
    public Method<TRequest, TResponse> Method { get; } = method;

    /// <summary>Host to name instead of the channel's own, or null.</summary>
    public string? Host { get; } = host;

    /// <summary>Headers (which may be null), deadline, cancellation and more.</summary>
    public CallOptions Options { get; } = options;
}
