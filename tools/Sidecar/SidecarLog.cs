using DaprSocial.Sidecar.PubSub;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Sidecar;

/// <summary>Everything that the sidecars log.</summary>
internal static partial class SidecarLog
{
    [LoggerMessage(LogLevel.Information, "Sidecar of {AppId} serves gRPC on {GrpcPort} and HTTP on {HttpPort}")]
    public static partial void SidecarStarted(this ILogger logger, string appId, int grpcPort, int httpPort);

    [LoggerMessage(
        LogLevel.Information, "Sidecar of {AppId} reached its app on {AppPort}; subscriptions: {Subscriptions}")]
    public static partial void AppConnected(this ILogger logger, string appId, int appPort, int subscriptions);

    [LoggerMessage(
        LogLevel.Error, "{AppId} did not list its subscriptions and gets no events until it is attached anew")]
    public static partial void SubscriptionsUnknown(this ILogger logger, string appId, Exception failure);

    [LoggerMessage(LogLevel.Error, "{AppId} subscribes to {Topic} of {PubSubName}, a component that it cannot use")]
    public static partial void SubscriptionRefused(this ILogger logger, string appId, string topic, string pubSubName);

    [LoggerMessage(
        LogLevel.Warning,
        "{AppId} asks for batches or conditional routes of {Topic}; it gets single events by its default route")]
    public static partial void SubscriptionSimplified(this ILogger logger, string appId, string topic);

    [LoggerMessage(LogLevel.Warning, "An event of {Topic} failed at {AppId}; delivery is tried again ({Redelivery})")]
    public static partial void EventRedelivered(this ILogger logger, string topic, string appId, int redelivery);

    [LoggerMessage(LogLevel.Error, "An event of {Topic} is lost for {AppId}: {Outcome}")]
    public static partial void EventDropped(this ILogger logger, string topic, string appId, DeliveryOutcome outcome);

    [LoggerMessage(LogLevel.Warning, "An event of {Topic} for {AppId} goes to {DeadLetterTopic}: {Outcome}")]
    public static partial void EventDeadLettered(
        this ILogger logger, string topic, string appId, string deadLetterTopic, DeliveryOutcome outcome);

    [LoggerMessage(LogLevel.Error, "An event of {Topic} is lost for {AppId}: its delivery broke")]
    public static partial void DeliveryDefect(this ILogger logger, string topic, string appId, Exception defect);
}
