namespace DaprSocial.Load.Driving;

/// <summary>A command of ours as an event log recorded it.</summary>
/// <param name="EntityId">What it changed; of a CreatePost the post, of a CreateUser the user.</param>
/// <param name="OccurTime">When.</param>
/// <param name="EventCount">Events with the same request id; more than one means that it was done twice.</param>
internal sealed record LoggedRequest(string EntityId, DateTimeOffset OccurTime, int EventCount);
