using DaprSocial.Media.V1;

namespace DaprSocial.Posts.Domain;

/// <summary>What Posts knows of a medium: whether somebody may attach it. One that is deleted has no type.</summary>
internal sealed record KnownMedium(MediaId Id, UserId OwnerId, MediaType Type, bool IsDeleted, long EntityVersion);
