using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DaprSocial.Polyfills.Tests;

/// <summary>Adds a trailer with its name and its place in the chain to every call it serves.</summary>
internal sealed class TrailerInterceptor(string name) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Note(context);
        return continuation(request, context);
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Note(context);
        return continuation(requestStream, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Note(context);
        return continuation(request, responseStream, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Note(context);
        return continuation(requestStream, responseStream, context);
    }

    private void Note(ServerCallContext context)
    {
        var place = context.UserState.TryGetValue(typeof(TrailerInterceptor), out var value) ? (int)value + 1 : 0;
        context.UserState[typeof(TrailerInterceptor)] = place;
        context.ResponseTrailers.Add("interceptor", $"{name} {place}");
    }
}
