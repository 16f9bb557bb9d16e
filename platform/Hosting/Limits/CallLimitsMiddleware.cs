using DaprSocial.Errors;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace DaprSocial.Hosting.Limits;

/// <summary>
/// Counts the calls of a process, and refuses those over the limit before anything of them is read; sees to it that
/// every unary call has a deadline. Comes after routing.
/// </summary>
internal sealed class CallLimitsMiddleware(RequestDelegate next, IOptions<CallLimits> options)
{
    // Dapr's deliveries have a pace of their own, which the sidecar keeps; its health probes must not be refused.
    private const string Exempt = "dapr.";

    private readonly CallLimits _limits = options.Value;
    private readonly CallCount _unaryCalls = new(options.Value.UnaryCallsMax, "calls");
    private readonly CallCount _streams = new(options.Value.StreamsMax, "streams");

    public Task InvokeAsync(HttpContext context)
    {
        var method = context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method;
        if (method is null || method.ServiceName.StartsWith(Exempt, StringComparison.Ordinal))
            return next(context);
        return method.Type == MethodType.Unary
            ? CallUnaryAsync(context)
            : CountedAsync(context, _streams);
    }

    private Task CallUnaryAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (headers[GrpcTimeout.Header] is not [{ } text])
            headers[GrpcTimeout.Header] = GrpcTimeout.Format(_limits.UnaryTimeoutDefaultMs);
        else if (GrpcTimeout.Parse(text) is not { } timeout)
            return Refuse(context, new RpcException(new Status(StatusCode.Internal, "grpc-timeout is malformed.")));
        else if (timeout == TimeSpan.Zero)
            return Refuse(context, new RpcException(new Status(StatusCode.DeadlineExceeded, "Deadline Exceeded")));
        else if (timeout.TotalMilliseconds > _limits.UnaryTimeoutMaxMs)
            headers[GrpcTimeout.Header] = GrpcTimeout.Format(_limits.UnaryTimeoutMaxMs);
        return CountedAsync(context, _unaryCalls);
    }

    private async Task CountedAsync(HttpContext context, CallCount count)
    {
        if (!count.TryAdd())
        {
            await Refuse(context, Refusals.Overloaded(count.Max, count.What).ToRpcException());
            return;
        }

        try
        {
            await next(context);
            UnreadableRequest.Mend(context.Response);
        }
        finally
        {
            count.Remove();
        }
    }

    private static Task Refuse(HttpContext context, RpcException refusal)
    {
        TrailersOnly.Write(context.Response, refusal);
        return Task.CompletedTask;
    }

    /// <summary>How many there are at once.</summary>
    private sealed class CallCount(int max, string what)
    {
        private int _count;

        public int Max => max;

        public string What => what;

        public bool TryAdd()
        {
            if (Interlocked.Increment(ref _count) <= max)
                return true;
            Interlocked.Decrement(ref _count);
            return false;
        }

        public void Remove() => Interlocked.Decrement(ref _count);
    }
}
