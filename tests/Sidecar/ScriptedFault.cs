using DaprSocial.Sidecar.PubSub;

namespace DaprSocial.Sidecar.Tests;

/// <summary>A fault that a test spells out.</summary>
internal sealed class ScriptedFault : IDeliveryFault
{
    public required Func<Delivery, CancellationToken, ValueTask<DeliveryPlan>> OnDelivery { get; init; }

    public ValueTask<DeliveryPlan> PlanAsync(Delivery delivery, CancellationToken cancellationToken) =>
        OnDelivery(delivery, cancellationToken);
}
