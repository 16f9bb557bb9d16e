namespace DaprSocial.Sidecar.PubSub;

/// <summary>How the in-memory broker delivers.</summary>
public sealed record DeliveryOptions
{
    /// <summary>Lanes of a subscription; a partition key always takes the same one, as it would a partition.</summary>
    public int LaneCount { get; init; } = 64;

    /// <summary>The most events waiting in a lane; a publisher waits for room beyond it.</summary>
    public int LaneCapacity { get; init; } = 256;

    /// <summary>
    /// How often a failed event is delivered again. daprd's in-memory component never does; this stand-in does,
    /// because the Kafka component that it stands for would.
    /// </summary>
    public int RedeliveriesMax { get; init; } = 3;

    /// <summary>The pause before the first redelivery; it doubles with each further one.</summary>
    public TimeSpan RedeliveryDelay { get; init; } = TimeSpan.FromMilliseconds(100);
}
