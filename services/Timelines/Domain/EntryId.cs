namespace DaprSocial.Timelines.Domain;

/// <summary>A place in a timeline, before it is filled.</summary>
internal sealed record EntryId(PostId PostId, UserId AuthorId);
