using Grpc.Core;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Answers from the application's health checks.</summary>
internal sealed class HealthServiceIntegration(
    HealthServiceImpl published, IOptions<GrpcHealthChecksOptions> options, HealthCheckService checks,
    IHostApplicationLifetime lifetime)
    : Health.V1.Health.HealthBase
{
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        if (options.Value.UseHealthChecksCache)
            return await published.Check(request, context);
        var mapping = options.Value.Services.FirstOrDefault(service => service.Name == request.Service)
            ?? throw new RpcException(new Status(StatusCode.NotFound, ""));
        var report = await checks.CheckHealthAsync(
            check => mapping.HealthCheckPredicate(new HealthCheckMapContext(check.Name, check.Tags)),
            context.CancellationToken);
        return new HealthCheckResponse { Status = StatusOf(report.Entries.Values) };
    }

    public override Task<HealthListResponse> List(HealthListRequest request, ServerCallContext context) =>
        published.List(request, context);

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream,
        ServerCallContext context)
    {
        using var stopping = options.Value.SuppressCompletionOnShutdown
            ? default
            : lifetime.ApplicationStopping.Register(End);
        await published.Watch(request, responseStream, context);
    }

    /// <summary>Healthy and degraded services take calls.</summary>
    public static ServingStatus StatusOf(IEnumerable<HealthReportEntry> entries)
    {
        var (any, isServing) = (false, true);
        foreach (var entry in entries)
        {
            any = true;
            isServing &= entry.Status != HealthStatus.Unhealthy;
        }

        return !any ? ServingStatus.Unknown : isServing ? ServingStatus.Serving : ServingStatus.NotServing;
    }

    private void End()
    {
        foreach (var service in options.Value.Services)
            published.SetStatus(service.Name, ServingStatus.NotServing);
        published.EndWatches();
    }
}
