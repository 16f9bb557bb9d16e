namespace DaprSocial.Sidecar.PubSub;

/// <summary>Disturbs deliveries as a broker and a network may; called once for each event and subscriber.</summary>
public interface IDeliveryFault
{
    /// <summary>
    /// Decides what becomes of a delivery. To await in here delays the delivery and all later ones of its lane;
    /// to let later ones overtake it, answer <see cref="DeliveryPlan.HoldUntil"/>.
    /// </summary>
    ValueTask<DeliveryPlan> PlanAsync(Delivery delivery, CancellationToken cancellationToken);
}
