using DaprSocial.Dapr;
using DaprSocial.Events;
using DaprSocial.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Projections;

/// <summary>Gives a service its projections.</summary>
public static class ProjectionsModule
{
    /// <summary>
    /// Registers the versions of the projection with what feeds them, and for each call the version that it reads with
    /// the gate that it waits at. Whoever queries through <see cref="ReadSource"/> is scoped to a call, too.
    /// </summary>
    /// <typeparam name="TBatch">Collects the changes of a batch of events.</typeparam>
    /// <typeparam name="TStore">Writes them; its assembly embeds the projected tables.</typeparam>
    public static IServiceCollection AddProjections<TBatch, TStore>(
        this IServiceCollection services, ServiceRoles roles, ProjectionDefinition<TBatch> definition)
        where TBatch : new()
        where TStore : class, IProjectionStore<TBatch>
    {
        foreach (var migration in Migration.In(typeof(ProjectionsModule).Assembly))
            services.AddSingleton(migration);
        services.AddSingleton<IProjectionStore<TBatch>, TStore>();
        services.AddSingleton<SourceLogs>();
        services.AddSingleton<ProjectionMetrics>();
        services.AddSingleton(definition);
        services.AddSingleton<ProjectionVersionStore>().AddSingleton<DeadLetterStore>();
        services.AddSingleton(provider => new ProjectionParts<TBatch>(
            definition, provider.GetRequiredService<IProjectionStore<TBatch>>(), TablesOf(typeof(TStore)),
            provider.GetRequiredService<SourceLogs>(), provider.GetRequiredService<ProjectionMetrics>(),
            provider.GetRequiredService<ServiceIdentity>(), provider.GetRequiredService<IDatabase>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<ProjectionVersions<TBatch>>();
        services.AddSingleton<IProjectionEngine>(provider => provider.GetRequiredService<ProjectionVersions<TBatch>>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ProjectionVersions<TBatch>>());

        services.AddSingleton<ProjectionComparer>().AddSingleton<IProjectionAdmin, ProjectionAdmin<TBatch>>();
        services.AddSingleton(provider => new ProjectionGrpcService(
            provider.GetRequiredService<IProjectionAdmin>(), provider.GetRequiredService<DeadLetterStore>()));
        services.AddScoped<IProjectionVersion>(
            provider => provider.GetRequiredService<ProjectionVersions<TBatch>>().Active);
        services.AddScoped(provider => provider.GetRequiredService<IProjectionVersion>().Read);
        services.AddScoped(provider => provider.GetRequiredService<IProjectionVersion>().Gate);
        if (!roles.HasFlag(ServiceRoles.Consumers))
            return services;

        foreach (var topic in definition.Topics)
        {
            services.AddSingleton(provider => new TopicHandler(
                Topics.Pubsub, topic, Topics.DeadLetter,
                provider.GetRequiredService<ProjectionVersions<TBatch>>().HandleAsync));
        }

        return services;
    }

    /// <summary>What a schema of projected tables must have seen.</summary>
    internal static IReadOnlyList<Migration> TablesOf(Type store) =>
    [
        .. Migration.In(typeof(ProjectionsModule).Assembly, Migration.ProjectionFolder),
        .. Migration.In(store.Assembly, Migration.ProjectionFolder),
    ];
}
