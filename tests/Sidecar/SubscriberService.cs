using System.Collections.Concurrent;
using System.Threading.Channels;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types;

namespace DaprSocial.Sidecar.Tests;

/// <summary>The app's side of pub/sub; each test says what it subscribes to and how it takes events.</summary>
internal sealed class SubscriberService : AppCallback.AppCallbackBase
{
    private readonly Channel<Received> _arrivals = Channel.CreateUnbounded<Received>();

    public List<TopicSubscription> Subscriptions { get; } = [];

    /// <summary>Everything that has been delivered, in order of arrival.</summary>
    public ConcurrentQueue<Received> Log { get; } = new();

    public Func<Received, Task<TopicEventResponseStatus>> OnEvent { get; set; } =
        _ => Task.FromResult(TopicEventResponseStatus.Success);

    /// <summary>Completes with the next delivery that nobody has waited for yet.</summary>
    public async Task<Received> NextAsync(CancellationToken cancellationToken) =>
        await _arrivals.Reader.ReadAsync(cancellationToken);

    public override Task<ListTopicSubscriptionsResponse> ListTopicSubscriptions(
        Empty request, ServerCallContext context) =>
        Task.FromResult(new ListTopicSubscriptionsResponse { Subscriptions = { Subscriptions } });

    public override async Task<TopicEventResponse> OnTopicEvent(TopicEventRequest request, ServerCallContext context)
    {
        var received = new Received(request, context.RequestHeaders);
        Log.Enqueue(received);
        _arrivals.Writer.TryWrite(received);
        return new TopicEventResponse { Status = await OnEvent(received) };
    }
}
