namespace DaprSocial.Sidecar.State;

/// <summary>What a store has under a key.</summary>
/// <param name="Data">The bytes.</param>
/// <param name="Etag">The version as text; empty when the value has none.</param>
internal sealed record StateValue(ReadOnlyMemory<byte> Data, string Etag);
