using User = DaprSocial.Users.Domain.User;

namespace DaprSocial.Users.Storage;

/// <summary>A row of either table of users.</summary>
internal sealed record UserRow(
    Guid Id, string Handle, string DisplayName, string Bio, DateTime CreateTime, DateTime UpdateTime,
    long EntityVersion)
{
    public User ToUser() => new(new UserId(Id), Handle, DisplayName, Bio, CreateTime, UpdateTime, EntityVersion);
}
