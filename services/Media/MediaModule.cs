using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Hosting;
using DaprSocial.Media.Api;
using DaprSocial.Media.Blobs;
using DaprSocial.Media.Commands;
using DaprSocial.Media.Consumers;
using DaprSocial.Media.Images;
using DaprSocial.Media.Queries;
using DaprSocial.Media.Storage;
using DaprSocial.Media.Uploads;
using DaprSocial.Media.V1;
using DaprSocial.Projections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DaprSocial.Media;

/// <summary>Media: owns images and videos, their bytes and the uploads that they come from.</summary>
public static class MediaModule
{
    /// <summary>The service, to run alone or beside others.</summary>
    public static ServiceDefinition Service { get; } = new(AppIds.Media, AddMedia, MapMedia);

    private static void AddMedia(IServiceCollection services, ServiceRoles roles)
    {
        services.AddOptions<MediaOptions>().BindConfiguration(MediaOptions.SectionName)
            .ValidateDataAnnotations().ValidateOnStart();

        // Commands: chunks → files → images in all variants → blobs → rows and events in one transaction → log → relay.
        services.AddEventLog(roles);
        foreach (var migration in Migration.In(typeof(MediaModule).Assembly))
            services.AddSingleton(migration);
        services.AddSingleton<UploadFiles>().AddSingleton<UploadStore>();
        services.AddSingleton<ImageTool>().AddSingleton<MediaProcessor>();
        services.TryAddSingleton<IMediaScanner, NoScanner>();
        services.AddSingleton(provider => StoreOf(provider.GetRequiredService<IOptions<MediaOptions>>().Value));
        services.AddSingleton<BlobKeeper>();
        services.AddSingleton<StartUploadHandler>().AddSingleton<AppendUploadHandler>();
        services.AddSingleton<FinishUploadHandler>().AddSingleton<UploadMediaHandler>();
        services.AddSingleton<DeleteMediaHandler>().AddSingleton<EraseUserHandler>();
        services.AddSingleton<MediaCollector>();
        if (roles.HasFlag(ServiceRoles.Commands))
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<MediaCollector>());

        // Projections: who reacts to which event.
        services.AddProjections<MediaBatch, MediaProjectionStore>(roles, new ProjectionDefinition<MediaBatch>()
            .From(Topics.Media).On<MediaReady>(MediaConsumer.Apply).On<MediaDeleted>(MediaConsumer.Apply));

        // Queries, over gRPC and for browsers.
        services.AddSingleton<MediaUrls>();
        services.AddScoped<MediaViewStore>();
        services.AddScoped<BatchGetMediaHandler>().AddScoped<DownloadMediaHandler>();
        services.AddScoped<MediaGrpcService>().AddScoped<MediaHttp>();
    }

    private static IBlobStore StoreOf(MediaOptions options) => options.S3Endpoint.Length > 0
        ? new S3BlobStore(options)
        : new DirectoryBlobStore(Path.Combine(Path.GetFullPath(options.Directory), "blobs"));

    private static void MapMedia(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<MediaGrpcService>();
        endpoints.MapGrpcService<EventLogGrpcService>();
        endpoints.MapGrpcService<ProjectionGrpcService>();
        endpoints.MapMethods(
            MediaUrls.Pattern, [HttpMethods.Get, HttpMethods.Head],
            context => context.RequestServices.GetRequiredService<MediaHttp>().HandleAsync(context));
    }
}
