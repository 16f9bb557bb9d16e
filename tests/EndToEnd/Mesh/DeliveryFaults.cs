using DaprSocial.Sidecar.PubSub;

namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>The fault that the mesh is started with; a test switches it on and off.</summary>
internal sealed class DeliveryFaults : IDeliveryFault
{
    private volatile Func<Delivery, DeliveryPlan> _plan = _ => DeliveryPlan.Normal;

    public ValueTask<DeliveryPlan> PlanAsync(Delivery delivery, CancellationToken cancellationToken) =>
        new(_plan(delivery));

    /// <summary>Disturbs every delivery by a plan until the answer is disposed.</summary>
    public IDisposable Use(Func<Delivery, DeliveryPlan> plan)
    {
        _plan = plan;
        return new Reset(this);
    }

    private sealed class Reset(DeliveryFaults faults) : IDisposable
    {
        public void Dispose() => faults._plan = _ => DeliveryPlan.Normal;
    }
}
