using global::Dapr.AppCallback.Autogen.Grpc.v1;
using static global::Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types;

namespace DaprSocial.Dapr;

/// <summary>What an app does with the events of one topic.</summary>
/// <param name="PubsubName">Name of the pub/sub component.</param>
/// <param name="Topic">Topic name.</param>
/// <param name="DeadLetterTopic">Where events go that the handler answers DROP for; on the same component.</param>
/// <param name="HandleAsync">
/// Called for every delivery, at least once each and in any order. SUCCESS acknowledges; RETRY asks for it again; DROP
/// sends it to the dead-letter topic. An exception counts as RETRY.
/// </param>
public sealed record TopicHandler(
    string PubsubName,
    string Topic,
    string DeadLetterTopic,
    Func<TopicEventRequest, CancellationToken, Task<TopicEventResponseStatus>> HandleAsync);
