using DaprSocial.Caching;
using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Hosting;
using DaprSocial.Projections;
using DaprSocial.Users.Api;
using DaprSocial.Users.Commands;
using DaprSocial.Users.Consumers;
using DaprSocial.Users.Queries;
using DaprSocial.Users.Storage;
using DaprSocial.Users.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DaprSocial.Users;

/// <summary>Users: owns users, handles and profiles.</summary>
public static class UsersModule
{
    /// <summary>The service, to run alone or beside others.</summary>
    public static ServiceDefinition Service { get; } = new(AppIds.Users, AddUsers, MapUsers);

    private static void AddUsers(IServiceCollection services, ServiceRoles roles)
    {
        // Commands: request → handler → rows and events in one transaction → log → relay.
        services.AddEventLog(roles);
        foreach (var migration in Migration.In(typeof(UsersModule).Assembly))
            services.AddSingleton(migration);
        services.AddSingleton<CreateUserHandler>().AddSingleton<UpdateProfileHandler>()
            .AddSingleton<EraseUserHandler>();

        // Projections: who reacts to which event.
        services.AddProjections<UsersBatch, UserProjectionStore>(roles, new ProjectionDefinition<UsersBatch>()
            .From(Topics.Users).On<UserCreated>(UserConsumer.Apply).On<ProfileUpdated>(UserConsumer.Apply)
            .On<UserErased>(UserConsumer.Apply));

        // Queries.
        services.AddCache().AddScoped<UserViewCache>();
        services.AddScoped<UserViewStore>().AddScoped<UserViews>();
        services.AddScoped<GetUserHandler>().AddScoped<BatchGetUsersHandler>();
        services.AddScoped<UserGrpcService>();
    }

    private static void MapUsers(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<UserGrpcService>();
        endpoints.MapGrpcService<EventLogGrpcService>();
        endpoints.MapGrpcService<ProjectionGrpcService>();
    }
}
