using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using DaprSocial.Sidecar.PubSub;
using DaprSocial.Sidecar.Tests.Protos;
using Grpc.Core;
using Grpc.Net.Client;
using DaprService = Dapr.Client.Autogen.Grpc.v1.Dapr;

namespace DaprSocial.Sidecar.Tests;

/// <summary>A mesh on real sockets: an edge sidecar without an app, and one for each app.</summary>
internal sealed class TestMesh : IAsyncDisposable
{
    public const string Edge = "edge";
    public const string App = "app";
    public const string Topic = "posts";
    private readonly List<GrpcChannel> _channels = [];
    private readonly List<TestApp> _apps;

    private TestMesh(SidecarHost host, List<TestApp> apps)
    {
        Host = host;
        _apps = apps;
    }

    /// <summary>Options that a mesh with one app starts from. Redelivery is at once: tests do not wait.</summary>
    public static SidecarHostOptions Options { get; } = new()
    {
        Sidecars = [],
        ComponentsDirectory = Path.Combine(AppContext.BaseDirectory, "components"),
        Delivery = new DeliveryOptions { RedeliveryDelay = TimeSpan.Zero },
    };

    public SidecarHost Host { get; }

    public ProbeService Probe => _apps[0].Probe;

    public SubscriberService Subscriber => _apps[0].Subscriber;

    public SubscriberService SubscriberOf(int app) => _apps[app].Subscriber;

    /// <summary>Starts the apps, named app, app2, app3…, each with its sidecar, and waits until events flow.</summary>
    public static async Task<TestMesh> StartAsync(
        SidecarHostOptions options, CancellationToken cancellationToken, params IReadOnlyList<TestApp> apps)
    {
        foreach (var app in apps)
            await app.StartAsync(cancellationToken);
        var sidecars = apps.Select((app, index) => new SidecarOptions
        {
            AppId = index == 0 ? App : $"{App}{index + 1}",
            AppPort = app.Port,
            AppToken = "app-secret",
        });
        var host = await SidecarHost.StartAsync(
            options with { Sidecars = [new SidecarOptions { AppId = Edge }, .. sidecars, .. options.Sidecars] },
            cancellationToken);
        await host.WaitUntilReadyAsync(cancellationToken);
        return new TestMesh(host, [.. apps]);
    }

    /// <summary>Starts a mesh with one app that subscribes to one topic.</summary>
    public static Task<TestMesh> StartAsync(CancellationToken cancellationToken) =>
        StartAsync(Options, cancellationToken, Subscribing(Topic));

    /// <summary>An app that subscribes to topics.</summary>
    public static TestApp Subscribing(params IEnumerable<string> topics) =>
        SubscribingTo([.. topics.Select(topic => new TopicSubscription { PubsubName = "pubsub", Topic = topic })]);

    /// <summary>An app with subscriptions of any kind.</summary>
    public static TestApp SubscribingTo(params IEnumerable<TopicSubscription> subscriptions)
    {
        var app = new TestApp();
        app.Subscriber.Subscriptions.AddRange(subscriptions);
        return app;
    }

    /// <summary>A channel to the gRPC port of a sidecar.</summary>
    public GrpcChannel ChannelOf(string appId)
    {
        var options = new GrpcChannelOptions { MaxReceiveMessageSize = null, MaxSendMessageSize = null };
        var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{Host.PortsOf(appId).Grpc}", options);
        _channels.Add(channel);
        return channel;
    }

    /// <summary>The app's own service by way of a sidecar.</summary>
    public Probe.ProbeClient ProbeBy(string appId = Edge) => new(ChannelOf(appId));

    /// <summary>The API of a sidecar.</summary>
    public DaprService.DaprClient DaprOf(string appId = Edge) => new(ChannelOf(appId));

    /// <summary>Metadata that names the callee.</summary>
    public static Metadata To(string appId) => new() { { "dapr-app-id", appId } };

    /// <summary>An event for the usual topic.</summary>
    public static PublishEventRequest Event(string json, string? partitionKey = null)
    {
        var request = new PublishEventRequest
        {
            PubsubName = "pubsub",
            Topic = Topic,
            Data = Google.Protobuf.ByteString.CopyFromUtf8(json),
            DataContentType = "application/json",
        };
        if (partitionKey is not null)
            request.Metadata["partitionKey"] = partitionKey;
        return request;
    }

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        await Host.DisposeAsync();
        foreach (var app in _apps)
            await app.DisposeAsync();
    }
}
