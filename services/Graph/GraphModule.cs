using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Graph.Api;
using DaprSocial.Graph.Commands;
using DaprSocial.Graph.Consumers;
using DaprSocial.Graph.Queries;
using DaprSocial.Graph.Storage;
using DaprSocial.Graph.V1;
using DaprSocial.Hosting;
using DaprSocial.Projections;
using DaprSocial.Users.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DaprSocial.Graph;

/// <summary>Graph: owns who follows and who blocks whom.</summary>
public static class GraphModule
{
    /// <summary>The service, to run alone or beside others.</summary>
    public static ServiceDefinition Service { get; } = new(AppIds.Graph, AddGraph, MapGraph);

    private static void AddGraph(IServiceCollection services, ServiceRoles roles)
    {
        // Commands: request → handler → rows and events in one transaction → log → relay.
        services.AddEventLog(roles);
        foreach (var migration in Migration.In(typeof(GraphModule).Assembly))
            services.AddSingleton(migration);
        services.AddSingleton<FollowHandler>().AddSingleton<UnfollowHandler>();
        services.AddSingleton<BlockHandler>().AddSingleton<UnblockHandler>();
        services.AddSingleton<EraseUserHandler>();

        // Projections: who reacts to which event.
        services.AddProjections<GraphBatch, GraphProjectionStore>(roles, new ProjectionDefinition<GraphBatch>()
            .From(Topics.Graph).On<Followed>(FollowConsumer.Apply).On<Unfollowed>(FollowConsumer.Apply)
            .On<Blocked>(BlockConsumer.Apply).On<Unblocked>(BlockConsumer.Apply)
            .From(Topics.Users).On<UserCreated>(UserConsumer.Apply).On<UserErased>(UserConsumer.Apply));

        // Queries.
        services.AddScoped<FollowGraphStore>();
        services.AddScoped<ListRelationsHandler>();
        services.AddScoped<GraphGrpcService>();
    }

    private static void MapGraph(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<GraphGrpcService>();
        endpoints.MapGrpcService<EventLogGrpcService>();
        endpoints.MapGrpcService<ProjectionGrpcService>();
    }
}
