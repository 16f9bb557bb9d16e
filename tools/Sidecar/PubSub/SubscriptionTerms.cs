using Dapr.AppCallback.Autogen.Grpc.v1;

namespace DaprSocial.Sidecar.PubSub;

/// <summary>What one app asked for when it subscribed to one topic, and how to reach it.</summary>
internal sealed record SubscriptionTerms(AppCallbacks App, TopicSubscription Asked)
{
    public string PubSubName => Asked.PubsubName;

    public string Topic => Asked.Topic;

    public string DeadLetterTopic => Asked.DeadLetterTopic;

    /// <summary>Whether the app wants the broker's bytes instead of the CloudEvent in them.</summary>
    public bool IsRaw { get; } =
        Asked.Metadata.TryGetValue("rawPayload", out var raw) && raw.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path that events arrive with: of the first rule without condition, else the default.</summary>
    public string Path { get; } =
        Asked.Routes?.Rules.FirstOrDefault(rule => rule.Match.Length == 0)?.Path ?? Asked.Routes?.Default ?? "";

    /// <summary>Whether the app asks for what this stand-in does not do: rules with conditions, or batches.</summary>
    public bool IsBeyondUs =>
        Asked.BulkSubscribe is { Enabled: true } || Asked.Routes?.Rules.Any(rule => rule.Match.Length > 0) is true;
}
