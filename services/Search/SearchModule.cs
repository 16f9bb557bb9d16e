using DaprSocial.Dapr;
using DaprSocial.Events;
using DaprSocial.Graph.V1;
using DaprSocial.Hosting;
using DaprSocial.Posts.V1;
using DaprSocial.Projections;
using DaprSocial.Search.Api;
using DaprSocial.Search.Consumers;
using DaprSocial.Search.Index;
using DaprSocial.Search.Queries;
using DaprSocial.Search.Storage;
using DaprSocial.Users.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DaprSocial.Search;

/// <summary>Search: finds posts and users, by an index derived from the events of Posts, Users and Graph.</summary>
public static class SearchModule
{
    /// <summary>The service, to run alone or beside others.</summary>
    public static ServiceDefinition Service { get; } = new(AppIds.Search, AddSearch, MapSearch);

    private static void AddSearch(IServiceCollection services, ServiceRoles roles)
    {
        foreach (var migration in Migration.In(typeof(SearchModule).Assembly))
            services.AddSingleton(migration);

        // Projections: who reacts to which event.
        var definition = new ProjectionDefinition<SearchBatch>()
            .From(Topics.Posts).On<PostCreated>(PostConsumer.Apply).On<PostDeleted>(PostConsumer.Apply)
            .From(Topics.Users).On<UserCreated>(UserConsumer.Apply).On<ProfileUpdated>(UserConsumer.Apply)
                .On<UserErased>(UserConsumer.Apply)
            .From(Topics.Graph).On<Followed>(FollowConsumer.Apply).On<Unfollowed>(FollowConsumer.Apply);
        services.AddProjections<SearchBatch, SearchProjectionStore>(roles, definition);

        // The index.
        services.AddSingleton<StemCache>();
        services.AddSingleton<ISearchIndexWriter, PostgresIndexWriter>();
        services.AddScoped<ISearchIndex, PostgresSearchIndex>();

        // Queries: ids from the index, hydrated by the services that own posts and users.
        services.AddScoped<FolloweeStore>();
        services.AddSingleton(provider => new PostService.PostServiceClient(
            provider.GetRequiredService<DaprClient>().CreateInvocationInvoker(AppIds.Posts)));
        services.AddSingleton(provider => new UserService.UserServiceClient(
            provider.GetRequiredService<DaprClient>().CreateInvocationInvoker(AppIds.Users)));
        services.AddSingleton(provider => new GraphService.GraphServiceClient(
            provider.GetRequiredService<DaprClient>().CreateInvocationInvoker(AppIds.Graph)));
        services.AddScoped<FoundHydrator>();
        services.AddScoped<SearchPostsHandler>().AddScoped<SearchUsersHandler>();
        services.AddScoped<SearchGrpcService>();
    }

    private static void MapSearch(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<SearchGrpcService>();
        endpoints.MapGrpcService<ProjectionGrpcService>();
    }
}
