using global::Dapr.AppCallback.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static global::Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types;

namespace DaprSocial.Dapr;

/// <summary>
/// What the sidecar calls on the app: tells the subscriptions and passes deliveries to their handlers.
/// </summary>
public sealed class AppCallbackService(IEnumerable<TopicHandler> handlers) : AppCallback.AppCallbackBase
{
    private readonly Dictionary<(string, string), TopicHandler> _handlers =
        handlers.ToDictionary(handler => (handler.PubsubName, handler.Topic));

    /// <inheritdoc />
    public override Task<ListTopicSubscriptionsResponse> ListTopicSubscriptions(
        Empty request, ServerCallContext context)
    {
        var response = new ListTopicSubscriptionsResponse();
        response.Subscriptions.AddRange(_handlers.Values.Select(handler => new TopicSubscription
        {
            PubsubName = handler.PubsubName,
            Topic = handler.Topic,
            DeadLetterTopic = handler.DeadLetterTopic,
        }));
        return Task.FromResult(response);
    }

    /// <inheritdoc />
    public override async Task<TopicEventResponse> OnTopicEvent(TopicEventRequest request, ServerCallContext context)
    {
        // Never UNIMPLEMENTED: daprd acknowledges and loses an event that is answered so.
        var status = _handlers.TryGetValue((request.PubsubName, request.Topic), out var handler)
            ? await handler.HandleAsync(request, context.CancellationToken)
            : TopicEventResponseStatus.Drop;
        return new TopicEventResponse { Status = status };
    }

    /// <inheritdoc />
    public override Task<ListInputBindingsResponse> ListInputBindings(Empty request, ServerCallContext context) =>
        Task.FromResult(new ListInputBindingsResponse());
}
