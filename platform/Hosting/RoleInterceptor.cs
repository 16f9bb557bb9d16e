using System.Collections.Concurrent;
using DaprSocial.Errors;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DaprSocial.Hosting;

/// <summary>Refuses calls of a kind that this process has no role for.</summary>
/// <remarks>
/// A request with a field <c>request_id</c> is a command; what concerns projections is for consumers; other requests of
/// our own packages are queries. Who streams to us brings something to keep.
/// </remarks>
internal sealed class RoleInterceptor(ServiceIdentity identity) : Interceptor
{
    private static readonly ConcurrentDictionary<Type, ServiceRoles> _roles = new();

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Require(request);
        return continuation(request, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Require(request);
        return continuation(request, responseStream, context);
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Require(ServiceRoles.Commands);
        return continuation(requestStream, context);
    }

    private void Require<TRequest>(TRequest request)
    {
        Require(_roles.GetOrAdd(typeof(TRequest), static (_, message) => RoleFor(message), request as IMessage));
    }

    private void Require(ServiceRoles needed)
    {
        if ((identity.Roles & needed) != needed)
            throw Refusals.RoleDisabled(needed.ToString().ToLowerInvariant());
    }

    private static ServiceRoles RoleFor(IMessage? request)
    {
        // Dapr's callbacks and the event log, which repairs need whatever the roles, are open to every process.
        var package = request?.Descriptor.File.Package ?? "";
        if (!package.StartsWith("daprsocial.", StringComparison.Ordinal) || package == "daprsocial.events.v1")
            return ServiceRoles.None;
        if (package == "daprsocial.projections.v1")
            return ServiceRoles.Consumers;
        return request!.Descriptor.FindFieldByName("request_id") is null ? ServiceRoles.Queries : ServiceRoles.Commands;
    }
}
