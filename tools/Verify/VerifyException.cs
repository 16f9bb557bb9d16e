namespace DaprSocial.Verify;

/// <summary>Nothing could be compared; the message says why.</summary>
public sealed class VerifyException(string message, Exception? inner = null) : Exception(message, inner);
