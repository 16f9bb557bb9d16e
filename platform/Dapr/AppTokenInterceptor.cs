using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Options;

namespace DaprSocial.Dapr;

/// <summary>
/// Refuses calls that do not carry the app token, when one is set, so that only the sidecar reaches the app.
/// </summary>
public sealed class AppTokenInterceptor(IOptions<DaprOptions> options) : Interceptor
{
    // daprd sends the token with deliveries and proxied calls but not with the first three. Probes have none to send.
    private static readonly HashSet<string> _withoutToken =
    [
        "/dapr.proto.runtime.v1.AppCallback/ListTopicSubscriptions",
        "/dapr.proto.runtime.v1.AppCallback/ListInputBindings",
        "/dapr.proto.runtime.v1.AppCallbackHealthCheck/HealthCheck",
        "/grpc.health.v1.Health/Check",
        "/grpc.health.v1.Health/Watch",
    ];

    private readonly byte[] _token = Encoding.UTF8.GetBytes(options.Value.AppToken);

    /// <inheritdoc />
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return continuation(request, context);
    }

    /// <inheritdoc />
    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return continuation(request, responseStream, context);
    }

    /// <inheritdoc />
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return continuation(requestStream, context);
    }

    /// <inheritdoc />
    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return continuation(requestStream, responseStream, context);
    }

    private void Check(ServerCallContext context)
    {
        if (_token.Length == 0 || _withoutToken.Contains(context.Method))
            return;
        var given = Encoding.UTF8.GetBytes(context.RequestHeaders.GetValue(DaprOptions.TokenHeader) ?? "");
        if (!CryptographicOperations.FixedTimeEquals(given, _token))
            throw new RpcException(new Status(StatusCode.Unauthenticated, "The app token is missing or wrong."));
    }
}
