using DaprSocial.Dapr;
using DaprSocial.Events;
using DaprSocial.Graph.V1;
using DaprSocial.Hosting;
using DaprSocial.Posts.V1;
using DaprSocial.Projections;
using DaprSocial.Timelines.Api;
using DaprSocial.Timelines.Consumers;
using DaprSocial.Timelines.Queries;
using DaprSocial.Timelines.Storage;
using DaprSocial.Users.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DaprSocial.Timelines;

/// <summary>Timelines: home and author timelines, derived from the events of Posts and Graph.</summary>
public static class TimelinesModule
{
    /// <summary>The service, to run alone or beside others.</summary>
    public static ServiceDefinition Service { get; } = new(AppIds.Timelines, AddTimelines, MapTimelines);

    private static void AddTimelines(IServiceCollection services, ServiceRoles roles)
    {
        foreach (var migration in Migration.In(typeof(TimelinesModule).Assembly))
            services.AddSingleton(migration);

        // Projections: who reacts to which event.
        var definition = new ProjectionDefinition<TimelinesBatch>()
            .From(Topics.Posts).On<PostCreated>(PostConsumer.Apply).On<PostDeleted>(PostConsumer.Apply)
            .From(Topics.Graph).On<Followed>(FollowConsumer.Apply).On<Unfollowed>(FollowConsumer.Apply)
            .On<Blocked>(BlockConsumer.Apply).On<Unblocked>(BlockConsumer.Apply);
        services.AddProjections<TimelinesBatch, TimelineProjectionStore>(roles, definition);

        // Queries: skeleton from the store, hydrated by the services that own posts and users.
        services.AddScoped<TimelineStore>();
        services.AddSingleton(provider => new PostService.PostServiceClient(
            provider.GetRequiredService<DaprClient>().CreateInvocationInvoker(AppIds.Posts)));
        services.AddSingleton(provider => new UserService.UserServiceClient(
            provider.GetRequiredService<DaprClient>().CreateInvocationInvoker(AppIds.Users)));
        services.AddScoped<EntryHydrator>();
        services.AddScoped<OwnPostReader>();
        services.AddScoped<TimelineReader>();
        services.AddScoped<ListHomeTimelineHandler>().AddScoped<ListAuthorTimelineHandler>();
        services.AddScoped<TimelineGrpcService>();
    }

    private static void MapTimelines(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<TimelineGrpcService>();
        endpoints.MapGrpcService<ProjectionGrpcService>();
    }
}
