namespace DaprSocial.Verify.Explaining;

/// <summary>How far the newest event of an entity has come.</summary>
/// <param name="Stream">Null when neither the log nor what waits for it holds an event of the entity.</param>
/// <param name="Version">Its version in the stream.</param>
/// <param name="IsPending">True when it has no place in the log yet.</param>
/// <param name="Checkpoint">Up to where the stream is applied.</param>
/// <param name="ParkedVersion">Where the stream is parked; null when it is not.</param>
/// <param name="HasGap">True when the log holds no event that could be applied next.</param>
/// <param name="IsLogChanged">True when the checkpoints speak of another log than the owner has.</param>
internal sealed record EventState(
    long Place, Guid? Stream, long? Version, bool IsPending, long Checkpoint, long? ParkedVersion, string? Reason,
    bool HasGap, bool IsLogChanged);
