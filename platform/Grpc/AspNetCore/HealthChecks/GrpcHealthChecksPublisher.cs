using Grpc.HealthCheck;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Tells watchers what the application's health checks say, each time that they run.</summary>
internal sealed class GrpcHealthChecksPublisher(
    HealthServiceImpl published, IOptions<GrpcHealthChecksOptions> options)
    : IHealthCheckPublisher
{
    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var service in options.Value.Services)
        {
            var entries = report.Entries
                .Where(entry => service.HealthCheckPredicate(new HealthCheckMapContext(entry.Key, entry.Value.Tags)))
                .Select(entry => entry.Value);
            published.SetStatus(service.Name, HealthServiceIntegration.StatusOf(entries));
        }

        return Task.CompletedTask;
    }
}
