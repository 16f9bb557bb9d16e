using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using DaprSocial.Sidecar.Mesh;
using DaprSocial.Sidecar.PubSub;

namespace DaprSocial.Sidecar.Api;

/// <summary>What a sidecar tells about itself, by gRPC and by HTTP.</summary>
internal static class MetadataReport
{
    // The daprd whose contract this stand-in was written to.
    private const string RuntimeVersion = "1.18.3";

    public static GetMetadataResponse Of(SidecarIdentity sidecar, InMemoryBroker broker)
    {
        var report = new GetMetadataResponse
        {
            Id = sidecar.AppId,
            RuntimeVersion = RuntimeVersion,
            ExtendedMetadata = { new Dictionary<string, string>(sidecar.Extended) },
            RegisteredComponents =
            {
                sidecar.Components.Select(component => new RegisteredComponents
                {
                    Name = component.Name,
                    Type = component.Type,
                    Version = component.Version,
                    Capabilities = { component.IsStateStore ? ["ETAG", "TTL"] : Array.Empty<string>() },
                }),
            },
            Subscriptions = { broker.SubscriptionsOf(sidecar.AppId).Select(Describe) },
        };
        report.ExtendedMetadata["daprRuntimeVersion"] = RuntimeVersion;
        if (sidecar.App.Port is { } port)
        {
            report.AppConnectionProperties =
                new AppConnectionProperties { Port = port, Protocol = "grpc", ChannelAddress = "127.0.0.1" };
        }

        return report;
    }

    private static PubsubSubscription Describe(TopicSubscription asked)
    {
        var subscription = new PubsubSubscription
        {
            PubsubName = asked.PubsubName,
            Topic = asked.Topic,
            DeadLetterTopic = asked.DeadLetterTopic,
            Metadata = { asked.Metadata },
            Type = PubsubSubscriptionType.Programmatic,
        };
        if (asked.Routes is { } routes)
        {
            subscription.Rules = new PubsubSubscriptionRules
            {
                Rules = { routes.Rules.Select(Describe) },
            };
        }

        return subscription;
    }

    private static PubsubSubscriptionRule Describe(TopicRule rule) => new() { Match = rule.Match, Path = rule.Path };
}
