namespace DaprSocial.Dapr;

/// <summary>What a state store has under a key.</summary>
/// <param name="Key">As the app names it.</param>
/// <param name="Value">Empty for a key that is missing.</param>
/// <param name="Etag">Changes with every write; empty for a key that is missing.</param>
public readonly record struct StateEntry(string Key, ReadOnlyMemory<byte> Value, string Etag);
