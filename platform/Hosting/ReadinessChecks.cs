using Dapper;
using Grpc.AspNetCore.HealthChecks;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace DaprSocial.Hosting;

/// <summary>What makes a service ready to take calls, as <c>grpc.health.v1.Health</c> tells it.</summary>
internal static class ReadinessChecks
{
    private const string Ping = "select 1";
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(5);

    /// <summary>Adds the checks, for the server as a whole and for each of its services by name.</summary>
    public static void AddReadinessChecks(this IServiceCollection services)
    {
        services.AddGrpcHealthChecks()
            .AddCheck<StoppingCheck>("stopping")
            .AddCheck<ClockCheck>("clock", timeout: _timeout)
            .AddCheck<DatabaseCheck>("database", timeout: _timeout);
        services.AddOptions<GrpcHealthChecksOptions>().Configure<EndpointDataSource>((options, endpoints) =>
        {
            foreach (var name in endpoints.Endpoints
                .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.ServiceName)
                .OfType<string>().Distinct())
                options.Services.Map(name, _ => true);
        });
        services.Configure<HealthCheckPublisherOptions>(options => options.Delay = options.Period = _period);
    }

    /// <summary>A process that was told to stop takes calls for a while yet, but should get no new ones.</summary>
    private sealed class StoppingCheck(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken) =>
            Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested
                ? HealthCheckResult.Unhealthy("The process stops.")
                : HealthCheckResult.Healthy());
    }

    /// <summary>An instance whose clock is wrong refuses commands.</summary>
    private sealed class ClockCheck(ClockGuard clock) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken) => Task.FromResult(clock.IsReady
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"The clock is {clock.Skew.TotalMilliseconds:0} ms off."));
    }

    /// <summary>Without the database nothing can be answered.</summary>
    private sealed class DatabaseCheck(NpgsqlDataSource source) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(cancellationToken);
                await connection.ExecuteAsync(new CommandDefinition(Ping, cancellationToken: cancellationToken));
                return HealthCheckResult.Healthy();
            }
            catch (NpgsqlException exception)
            {
                return HealthCheckResult.Unhealthy("The database does not answer.", exception);
            }
        }
    }
}
