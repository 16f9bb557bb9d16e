using DaprSocial.Errors;
using DaprSocial.Hosting.Limits;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DaprSocial.Hosting;

/// <summary>The one place where exceptions become gRPC statuses, and where what nobody expected is logged.</summary>
internal sealed class ErrorInterceptor(ILogger<ErrorInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }
    }

    private RpcException Translate(Exception exception, ServerCallContext context)
    {
        switch (exception)
        {
            case ServiceException refusal:
                return refusal.ToRpcException();
            case StreamFailedException failed:
                return new RpcException(failed.Status);
            case OperationCanceledException when context.CancellationToken.IsCancellationRequested:
                return new RpcException(Status.DefaultCancelled);
            // A caller who breaks off in the middle of a stream: the reader fails before the call is cancelled.
            case IOException when context.Method.StartsWith("/daprsocial.", StringComparison.Ordinal)
                && UnreadableRequest.IsBrokenOff(exception):
                return new RpcException(Status.DefaultCancelled);
            case RpcException { StatusCode: StatusCode.Cancelled }
                when context.CancellationToken.IsCancellationRequested:
                return new RpcException(Status.DefaultCancelled);
            // A service behind this one refused with a reason of ours, or Dapr's callback has its own rules: as it is.
            case RpcException rpc when rpc.GetReason() is not null
                || !context.Method.StartsWith("/daprsocial.", StringComparison.Ordinal):
                return rpc;
            case RpcException rpc:
                HostingLog.DependencyFailed(logger, context.Method, rpc);
                return Refusals.DependencyUnavailable("A service behind this one").ToRpcException();
            case PostgresException
            {
                SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure
            }:
                return Refusals.Conflict().ToRpcException();
            case NpgsqlException npgsql when npgsql is not PostgresException || npgsql.IsTransient:
                HostingLog.DependencyFailed(logger, context.Method, npgsql);
                return Refusals.DependencyUnavailable("The database").ToRpcException();
            default:
                HostingLog.CallFailed(logger, context.Method, exception);
                return Refusals.Internal().ToRpcException();
        }
    }
}
