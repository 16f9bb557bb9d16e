using Grpc.AspNetCore.HealthChecks;
using Grpc.HealthCheck;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the health service.</summary>
public static class GrpcHealthChecksServiceExtensions
{
    /// <summary>Adds the health service over the application's health checks.</summary>
    /// <returns>To add checks.</returns>
    public static IHealthChecksBuilder AddGrpcHealthChecks(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<HealthServiceImpl>();
        services.TryAddSingleton<HealthServiceIntegration>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IHealthCheckPublisher, GrpcHealthChecksPublisher>());
        services.AddOptions<GrpcHealthChecksOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<
            Options.IConfigureOptions<GrpcHealthChecksOptions>, DefaultMapping>());
        return services.AddHealthChecks();
    }

    /// <inheritdoc cref="AddGrpcHealthChecks(IServiceCollection)"/>
    public static IHealthChecksBuilder AddGrpcHealthChecks(
        this IServiceCollection services, Action<GrpcHealthChecksOptions> configure)
    {
        var builder = services.AddGrpcHealthChecks();
        services.Configure(configure);
        return builder;
    }

    /// <summary>The server as a whole is decided by all checks, unless it is mapped otherwise.</summary>
    private sealed class DefaultMapping : Options.IConfigureOptions<GrpcHealthChecksOptions>
    {
        public void Configure(GrpcHealthChecksOptions options) => options.Services.Map("", _ => true);
    }
}
