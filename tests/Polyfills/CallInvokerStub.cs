using Grpc.Core;

namespace DaprSocial.Polyfills.Tests;

/// <summary>The end of a chain of interceptors: keeps what arrives, answers with empty calls.</summary>
internal sealed class CallInvokerStub(List<string> log) : CallInvoker
{
    public string? Host { get; private set; }

    public CallOptions Options { get; private set; }

    public IMethod? Method { get; private set; }

    public object? Request { get; private set; }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        Keep(method, host, options, request);
        return method.ResponseMarshaller.Deserializer([]);
    }

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        Keep(method, host, options, request);
        return new AsyncUnaryCall<TResponse>(
            Task.FromResult(method.ResponseMarshaller.Deserializer([])), Headers, Status, Trailers, Dispose);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        Keep(method, host, options, request);
        return new AsyncServerStreamingCall<TResponse>(null!, Headers, Status, Trailers, Dispose);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        Keep(method, host, options, null);
        return new AsyncClientStreamingCall<TRequest, TResponse>(
            null!, Task.FromResult(method.ResponseMarshaller.Deserializer([])), Headers, Status, Trailers, Dispose);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        Keep(method, host, options, null);
        return new AsyncDuplexStreamingCall<TRequest, TResponse>(null!, null!, Headers, Status, Trailers, Dispose);
    }

    private static Task<Metadata> Headers => Task.FromResult(Metadata.Empty);

    private static Status Status() => Grpc.Core.Status.DefaultSuccess;

    private static Metadata Trailers() => Metadata.Empty;

    private static void Dispose()
    {
    }

    private void Keep(IMethod method, string? host, CallOptions options, object? request)
    {
        log.Add("invoker");
        Method = method;
        Host = host;
        Options = options;
        Request = request;
    }
}
