using DaprSocial.Dapr;
using DaprSocial.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DaprSocial.EventLog;

/// <summary>Gives a command service its event log.</summary>
public static class EventLogModule
{
    /// <summary>
    /// Registers, in the order of the data: commands, sequencer, relay; and the service that reads the log.
    /// </summary>
    public static IServiceCollection AddEventLog(this IServiceCollection services, ServiceRoles roles)
    {
        foreach (var migration in Migration.In(typeof(EventLogModule).Assembly))
            services.AddSingleton(migration);
        services.AddSingleton<LogSignals>();
        services.AddSingleton<CommandRunner>();
        services.AddSingleton<EventLogStore>();
        services.AddSingleton(provider => new EventSequencer(
            provider.GetRequiredService<EventLogStore>(), provider.GetRequiredService<ServiceIdentity>(),
            provider.GetRequiredService<LogSignals>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EventSequencer>>()));
        services.AddSingleton(provider => new EventRelay(
            provider.GetRequiredService<EventLogStore>(), provider.GetRequiredService<DaprClient>(),
            provider.GetRequiredService<LogSignals>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EventRelay>>()));
        services.AddSingleton(provider => new EventLogGrpcService(
            provider.GetRequiredService<EventLogStore>(), provider.GetRequiredService<TimeProvider>()));

        var (takesCommands, relays) = (roles.HasFlag(ServiceRoles.Commands), roles.HasFlag(ServiceRoles.Relay));
        if (relays)
        {
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<EventSequencer>());
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<EventRelay>());
        }

        services.AddSingleton<LogWatch>();
        if (relays || takesCommands)
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<LogWatch>());

        // In one process the in-memory signal is enough.
        if (takesCommands && !relays)
            services.AddHostedService<LogNotifier>();
        if (relays && !takesCommands)
            services.AddHostedService<LogListener>();
        return services;
    }
}
