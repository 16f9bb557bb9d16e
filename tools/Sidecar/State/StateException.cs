namespace DaprSocial.Sidecar.State;

/// <summary>A store did not do what it was asked for.</summary>
internal sealed class StateException(StateFailure failure, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    public StateFailure Failure { get; } = failure;
}
