namespace DaprSocial.Sidecar.PubSub;

/// <summary>What becomes of one delivery.</summary>
/// <param name="Copies">How often the event is delivered: 0 loses it.</param>
/// <param name="Release">
/// When set, the delivery leaves its lane and happens when this completes, so that later events overtake it.
/// </param>
public readonly record struct DeliveryPlan(int Copies, Task? Release = null)
{
    /// <summary>Delivered once, in its turn.</summary>
    public static DeliveryPlan Normal => new(1);

    /// <summary>Lost.</summary>
    public static DeliveryPlan Drop => new(0);

    /// <summary>Delivered several times, in its turn.</summary>
    public static DeliveryPlan Repeat(int copies) => new(copies);

    /// <summary>Delivered once, out of its turn: when <paramref name="release"/> completes.</summary>
    public static DeliveryPlan HoldUntil(Task release) => new(1, release);
}
