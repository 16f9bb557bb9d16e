using DaprSocial.Caching;
using DaprSocial.Dapr;
using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Graph.V1;
using DaprSocial.Hosting;
using DaprSocial.Media.V1;
using DaprSocial.Posts.Api;
using DaprSocial.Posts.Commands;
using DaprSocial.Posts.Consumers;
using DaprSocial.Posts.Queries;
using DaprSocial.Posts.Storage;
using DaprSocial.Posts.V1;
using DaprSocial.Projections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DaprSocial.Posts;

/// <summary>Posts: owns posts, likes and their counts.</summary>
public static class PostsModule
{
    /// <summary>The service, to run alone or beside others.</summary>
    public static ServiceDefinition Service { get; } = new(AppIds.Posts, AddPosts, MapPosts);

    private static void AddPosts(IServiceCollection services, ServiceRoles roles)
    {
        // Commands: request → handler → rows and events in one transaction → log → relay.
        services.AddEventLog(roles);
        foreach (var migration in Migration.In(typeof(PostsModule).Assembly))
            services.AddSingleton(migration);
        services.AddScoped<CreatePostHandler>().AddSingleton<DeletePostHandler>();
        services.AddScoped<ReactionDecision>().AddScoped<LikePostHandler>().AddScoped<UnlikePostHandler>();
        services.AddSingleton<EraseUserHandler>();

        // Projections: who reacts to which event.
        services.AddProjections<PostsBatch, PostProjectionStore>(roles, new ProjectionDefinition<PostsBatch>()
            .From(Topics.Posts).On<PostCreated>(PostConsumer.Apply).On<PostDeleted>(PostConsumer.Apply)
            .From(Topics.Reactions).On<PostLiked>(ReactionConsumer.Apply).On<PostUnliked>(ReactionConsumer.Apply)
            .From(Topics.Graph).On<Blocked>(BlockConsumer.Apply).On<Unblocked>(BlockConsumer.Apply)
            .From(Topics.Media).On<MediaReady>(MediaConsumer.Apply).On<MediaDeleted>(MediaConsumer.Apply));

        // Queries.
        services.AddCache().AddScoped<PostViewCache>();
        services.AddScoped<PostViewStore>();
        services.AddSingleton(provider => new GraphService.GraphServiceClient(
            provider.GetRequiredService<DaprClient>().CreateInvocationInvoker(AppIds.Graph)));
        services.AddScoped<PostVisibility>();
        services.AddSingleton(provider => new MediaService.MediaServiceClient(
            provider.GetRequiredService<DaprClient>().CreateInvocationInvoker(AppIds.Media)));
        services.AddSingleton<AttachmentViews>().AddScoped<KnownMediaStore>();
        services.AddScoped<BatchGetPostsHandler>().AddScoped<ListRepliesHandler>();
        services.AddScoped<PostGrpcService>();
    }

    private static void MapPosts(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<PostGrpcService>();
        endpoints.MapGrpcService<EventLogGrpcService>();
        endpoints.MapGrpcService<ProjectionGrpcService>();
    }
}
