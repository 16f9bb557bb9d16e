namespace DaprSocial.Sidecar.PubSub;

/// <summary>How an app took an event.</summary>
internal enum DeliveryOutcome
{
    /// <summary>It is done with it.</summary>
    Acknowledged,

    /// <summary>It does not want it, or it has expired: dead letter.</summary>
    Rejected,

    /// <summary>It does not implement OnTopicEvent: gone for good, even with a dead-letter topic.</summary>
    Unhandled,

    /// <summary>The broker's bytes are no CloudEvent: to try again would not help.</summary>
    Unreadable,

    /// <summary>It failed, could not be reached, or asked for another delivery.</summary>
    Failed,
}
