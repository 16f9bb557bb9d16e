using System.Globalization;
using DaprSocial.Events.V1;
using DaprSocial.Graph.V1;
using DaprSocial.Media.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Projections.V1;
using DaprSocial.Search.V1;
using DaprSocial.Timelines.V1;
using DaprSocial.Users.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>What a caller outside the mesh holds: typed clients whose calls all enter by one sidecar.</summary>
internal sealed class MeshClients : IDisposable
{
    private readonly GrpcChannel _channel;

    public MeshClients(int sidecarPort)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{sidecarPort}");
        _channel = GrpcChannel.ForAddress(address);
        Users = new UserService.UserServiceClient(InvokerOf("users"));
        Posts = new PostService.PostServiceClient(InvokerOf("posts"));
        Graph = new GraphService.GraphServiceClient(InvokerOf("graph"));
        Timelines = new TimelineService.TimelineServiceClient(InvokerOf("timelines"));
        Media = new MediaService.MediaServiceClient(InvokerOf("media"));
        Search = new SearchService.SearchServiceClient(InvokerOf("search"));
    }

    public UserService.UserServiceClient Users { get; }

    public PostService.PostServiceClient Posts { get; }

    public GraphService.GraphServiceClient Graph { get; }

    public TimelineService.TimelineServiceClient Timelines { get; }

    public MediaService.MediaServiceClient Media { get; }

    public SearchService.SearchServiceClient Search { get; }

    public EventLogService.EventLogServiceClient EventLogOf(string appId) => new(InvokerOf(appId));

    public ProjectionService.ProjectionServiceClient ProjectionOf(string appId) => new(InvokerOf(appId));

    /// <summary>Calls an app, as the metadata <c>dapr-app-id</c> tells the sidecar.</summary>
    public CallInvoker InvokerOf(string appId) => _channel
        .Intercept(new DeadlineInterceptor())
        .Intercept(headers => To(appId, headers));

    public void Dispose() => _channel.Dispose();

    // A copy: a test makes several calls with the same metadata.
    private static Metadata To(string appId, Metadata headers)
    {
        var copy = new Metadata { { "dapr-app-id", appId } };
        foreach (var header in headers)
            copy.Add(header);
        return copy;
    }
}
