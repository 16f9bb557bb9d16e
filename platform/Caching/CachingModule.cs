using DaprSocial.Dapr;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DaprSocial.Caching;

/// <summary>Gives a service its cache.</summary>
public static class CachingModule
{
    /// <summary>Registers the cache; whether it is used is a setting of the process.</summary>
    public static IServiceCollection AddCache(this IServiceCollection services)
    {
        services.AddOptions<CacheOptions>().BindConfiguration(CacheOptions.SectionName).ValidateOnStart();
        services.AddSingleton<CacheMetrics>();
        services.AddSingleton(provider => new VersionedCache(
            provider.GetRequiredService<DaprClient>(), provider.GetRequiredService<IOptions<CacheOptions>>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<CacheMetrics>(),
            provider.GetRequiredService<ILogger<VersionedCache>>()));
        return services;
    }
}
