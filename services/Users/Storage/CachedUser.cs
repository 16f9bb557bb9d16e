using System.Text.Json;
using DaprSocial.Caching;
using User = DaprSocial.Users.Domain.User;

namespace DaprSocial.Users.Storage;

/// <summary>What the cache keeps of a user.</summary>
internal sealed record CachedUser(
    string Handle, string DisplayName, string Bio, DateTimeOffset CreateTime, DateTimeOffset UpdateTime)
{
    public static CacheEntry Encode(User user) => new(
        user.EntityVersion,
        JsonSerializer.SerializeToUtf8Bytes(
            new CachedUser(user.Handle, user.DisplayName, user.Bio, user.CreateTime, user.UpdateTime)));

    /// <returns>Null when the entry is none that this release can read.</returns>
    public static User? Decode(UserId id, CacheEntry entry)
    {
        try
        {
            return JsonSerializer.Deserialize<CachedUser>(entry.Value.Span) is { } user
                ? new User(
                    id, user.Handle, user.DisplayName, user.Bio, user.CreateTime, user.UpdateTime, entry.Version)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
