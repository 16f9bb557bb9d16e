using DaprSocial.Dapr;
using DaprSocial.Events;
using DaprSocial.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DaprSocial.Projections;

/// <summary>Gives a service its projections.</summary>
public static class ProjectionsModule
{
    /// <summary>
    /// Registers, in the order of the data: subscriptions, engine, sweep; and the gate that queries wait at.
    /// </summary>
    /// <typeparam name="TBatch">Collects the changes of a batch of events.</typeparam>
    /// <typeparam name="TStore">Writes them.</typeparam>
    public static IServiceCollection AddProjections<TBatch, TStore>(
        this IServiceCollection services, ServiceRoles roles, ProjectionDefinition<TBatch> definition)
        where TBatch : new()
        where TStore : class, IProjectionStore<TBatch>
    {
        foreach (var migration in Migration.In(typeof(ProjectionsModule).Assembly))
            services.AddSingleton(migration);
        services.AddSingleton(definition);
        services.AddSingleton<IProjectionStore<TBatch>, TStore>();
        services.AddSingleton<CheckpointStore>();
        services.AddSingleton<KnownLogs>();
        services.AddSingleton<SourceLogs>();
        services.AddSingleton<AppliedVersions>();
        services.AddSingleton<ProjectionMetrics>();
        services.AddSingleton<BatchApplier<TBatch>>();
        services.AddSingleton<ProjectionEngine<TBatch>>();
        services.AddSingleton<TailSweep<TBatch>>();
        services.AddSingleton<IProjectionEngine>(provider => provider.GetRequiredService<TailSweep<TBatch>>());
        services.AddSingleton(provider => new FreshnessGate(
            definition.Topics, provider.GetRequiredService<CheckpointStore>(), provider.GetRequiredService<KnownLogs>(),
            provider.GetRequiredService<AppliedVersions>(), provider.GetRequiredService<SourceLogs>(),
            provider.GetRequiredService<TimeProvider>()));
        if (!roles.HasFlag(ServiceRoles.Consumers))
            return services;

        foreach (var topic in definition.Topics)
        {
            services.AddSingleton(provider => new TopicHandler(
                Topics.Pubsub, topic, Topics.DeadLetter,
                provider.GetRequiredService<ProjectionEngine<TBatch>>().HandleAsync));
        }

        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ProjectionEngine<TBatch>>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<TailSweep<TBatch>>());
        return services;
    }
}
