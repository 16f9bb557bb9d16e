namespace DaprSocial.Sidecar.Components;

/// <summary>A component manifest that the sidecars cannot be started with; the message names the file.</summary>
public sealed class ComponentException(string message, Exception? innerException = null)
    : Exception(message, innerException);
