namespace DaprSocial.Faults.Planning;

/// <summary>
/// How the sidecars' process is told, in JSON, to disturb deliveries. Each of its decisions follows from the seed and from
/// what is delivered.
/// </summary>
public sealed record DeliveryFaultPolicy
{
    /// <summary>Decides which deliveries are hit.</summary>
    public long Seed { get; init; }

    /// <summary>Share of deliveries that are lost, 0 to 1.</summary>
    public double LoseShare { get; init; }

    /// <summary>Share of deliveries that are made twice.</summary>
    public double RepeatShare { get; init; }

    /// <summary>Share of deliveries that leave their lane and come later, so that others overtake them.</summary>
    public double DelayShare { get; init; }

    /// <summary>The most that such a delivery is late, in milliseconds.</summary>
    public int DelayMsMax { get; init; }

    /// <summary>Share of streams of which every message is lost.</summary>
    public double LoseStreamShare { get; init; }

    /// <summary>Each message waits for the next one of its stream: the last of every stream is lost.</summary>
    public bool LosesLast { get; init; }

    /// <summary>Topics whose deliveries are all late, with the milliseconds.</summary>
    public IReadOnlyDictionary<string, int> LateTopicsMs { get; init; } = new Dictionary<string, int>();
}
