using DaprSocial.Events.V1;
using DaprSocial.Graph.V1;
using DaprSocial.Media.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Search.V1;
using DaprSocial.Timelines.V1;
using DaprSocial.Users.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace DaprSocial.Load.Driving;

/// <summary>The services as one sidecar shows them: which one a call is for stands in its metadata.</summary>
internal sealed class Mesh : IDisposable
{
    private const int AttemptsMax = 9;
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BackOffMax = TimeSpan.FromSeconds(2);

    private readonly GrpcChannel _channel;
    private readonly TimeProvider _clock;
    private long _retryCount;

    public Mesh(Uri edgeAddress, TimeProvider clock)
    {
        _clock = clock;
        _channel = GrpcChannel.ForAddress(edgeAddress, new GrpcChannelOptions
        {
            ThrowOperationCanceledOnCancellation = true,
            // The default grows to two minutes, for which everybody would wait after a restart of the sidecar.
            InitialReconnectBackoff = FirstBackOff,
            MaxReconnectBackoff = TimeSpan.FromSeconds(1),
        });
        Users = new UserService.UserServiceClient(_channel);
        Posts = new PostService.PostServiceClient(_channel);
        Graph = new GraphService.GraphServiceClient(_channel);
        Timelines = new TimelineService.TimelineServiceClient(_channel);
        Media = new MediaService.MediaServiceClient(_channel);
        Search = new SearchService.SearchServiceClient(_channel);
        Log = new EventLogService.EventLogServiceClient(_channel);
    }

    public UserService.UserServiceClient Users { get; }

    public PostService.PostServiceClient Posts { get; }

    public GraphService.GraphServiceClient Graph { get; }

    public TimelineService.TimelineServiceClient Timelines { get; }

    public MediaService.MediaServiceClient Media { get; }

    public SearchService.SearchServiceClient Search { get; }

    public EventLogService.EventLogServiceClient Log { get; }

    public long RetryCount => Interlocked.Read(ref _retryCount);

    /// <summary>Calls until an answer or a refusal; UNAVAILABLE is neither and is tried again, for 7 s.</summary>
    public async Task<TResponse> CallAsync<TResponse>(
        string appId,
        Guid? actor,
        TimeSpan timeout,
        Func<CallOptions, AsyncUnaryCall<TResponse>> send,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var call = send(OptionsFor(MetadataFor(appId, actor), timeout, cancellationToken));
                return await call.ResponseAsync;
            }
            catch (RpcException exception)
                when (exception.StatusCode == StatusCode.Unavailable && attempt < AttemptsMax)
            {
                await BackOffAsync(attempt, cancellationToken);
            }
        }
    }

    public CallOptions OptionsForStream(string appId, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var metadata = MetadataFor(appId, actor: null);
        // Without it a sidecar's timeout policy for calls would end the stream.
        metadata.Add("dapr-stream", "true");
        return OptionsFor(metadata, timeout, cancellationToken);
    }

    public void Dispose() => _channel.Dispose();

    public async Task BackOffAsync(int attempt, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _retryCount);
        var delay = FirstBackOff * Math.Pow(2, attempt - 1);
        await Task.Delay(delay < BackOffMax ? delay : BackOffMax, _clock, cancellationToken);
    }

    private CallOptions OptionsFor(Metadata metadata, TimeSpan timeout, CancellationToken cancellationToken) =>
        new(metadata, _clock.GetUtcNow().UtcDateTime + timeout, cancellationToken);

    private static Metadata MetadataFor(string appId, Guid? actor)
    {
        var metadata = new Metadata { { "dapr-app-id", appId } };
        if (actor is { } id)
        {
            metadata.Add("daprsocial-actor", id.ToString());
        }

        return metadata;
    }
}
