namespace DaprSocial.Load.Driving;

/// <summary>A command of ours as an event log recorded it.</summary>
/// <param name="EntityId">
/// What it changed first; of a CreatePost the post, of a CreateUser the user, of a Block the block.
/// </param>
/// <param name="OccurTime">When.</param>
/// <param name="EventCount">
/// Events of that entity with the same request id; more than one means that it was done twice.
/// </param>
internal sealed record LoggedRequest(string EntityId, DateTimeOffset OccurTime, int EventCount);
