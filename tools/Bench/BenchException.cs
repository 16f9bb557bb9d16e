namespace DaprSocial.Bench;

/// <summary>Nothing could be measured; the message says why.</summary>
public sealed class BenchException(string message, Exception? inner = null) : Exception(message, inner);
