using Dapr.AppCallback.Autogen.Grpc.v1;
using DaprSocial.Sidecar.Mesh;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using static Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types;

namespace DaprSocial.Sidecar.PubSub;

/// <summary>The calls from a sidecar to its app.</summary>
internal sealed class AppCallbacks : IDisposable
{
    private readonly SocketsHttpHandler _connections = Transport.Create();
    private readonly HttpClient _http;
    private readonly GrpcChannel _channel;
    private readonly AppCallback.AppCallbackClient _client;
    private readonly string? _token;

    public AppCallbacks(int port, string? token)
    {
        _http = new HttpClient(_connections, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        // A client, not a handler: to a handler the channel adds a reconnect back-off of its own, up to two minutes, in
        // which every delivery fails though the app is back.
        // No limit of ours on the size of an event: the app's own limit decides, as with daprd.
        _channel = GrpcChannel.ForAddress(LoopbackAddress.Of(port), new GrpcChannelOptions
        {
            HttpClient = _http,
            MaxSendMessageSize = null,
            ThrowOperationCanceledOnCancellation = true,
        });
        _client = new AppCallback.AppCallbackClient(_channel);
        _token = token;
    }

    public void Dispose()
    {
        _channel.Dispose();
        _http.Dispose();
        _connections.Dispose();
    }

    /// <summary>What the app subscribes to; nothing when it has no such method. Sends no app token, as daprd.</summary>
    public async Task<IReadOnlyList<TopicSubscription>> ListSubscriptionsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _client.ListTopicSubscriptionsAsync(new Empty(), cancellationToken: cancellationToken);
            return answer.Subscriptions;
        }
        catch (RpcException absent) when (absent.StatusCode == StatusCode.Unimplemented)
        {
            return [];
        }
    }

    /// <summary>Delivers an event once. No deadline: daprd sets none without a resiliency policy.</summary>
    public async Task<DeliveryOutcome> OfferAsync(
        BrokerMessage message, TopicEventRequest topicEvent, CancellationToken cancellationToken)
    {
        try
        {
            var headers = DeliveryHeaders.Of(message, topicEvent, _token);
            var answer = await _client.OnTopicEventAsync(topicEvent, headers, cancellationToken: cancellationToken);
            return answer.Status switch
            {
                TopicEventResponseStatus.Success => DeliveryOutcome.Acknowledged,
                TopicEventResponseStatus.Drop => DeliveryOutcome.Rejected,
                _ => DeliveryOutcome.Failed,
            };
        }
        catch (RpcException failure)
        {
            return failure.StatusCode == StatusCode.Unimplemented ? DeliveryOutcome.Unhandled : DeliveryOutcome.Failed;
        }
        catch (Exception gone) when (gone is ObjectDisposedException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            // The channel is disposed: the app is being attached anew, and another delivery finds the new one.
            return DeliveryOutcome.Failed;
        }
    }
}
