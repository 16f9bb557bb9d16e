namespace DaprSocial.Projections;

/// <summary>An event on its way to the applier; done when it is applied, held back, or found to be needless.</summary>
internal sealed record WorkItem(EventEnvelope Event)
{
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
