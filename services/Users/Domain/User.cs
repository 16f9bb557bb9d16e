namespace DaprSocial.Users.Domain;

/// <summary>A user with the profile as it is now.</summary>
internal sealed record User(
    UserId Id, string Handle, string DisplayName, string Bio, DateTimeOffset CreateTime, DateTimeOffset UpdateTime,
    long EntityVersion)
{
    public static User Create(UserId id, UserHandle handle, string displayName, string bio, DateTimeOffset now) =>
        new(id, handle.Value, displayName, bio, now, now, EntityVersion: 1);

    /// <summary>The user with those fields changed that are given.</summary>
    public User Update(string? displayName, string? bio, DateTimeOffset now) => this with
    {
        DisplayName = displayName ?? DisplayName,
        Bio = bio ?? Bio,
        UpdateTime = now,
        EntityVersion = EntityVersion + 1,
    };
}
