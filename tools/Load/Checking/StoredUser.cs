namespace DaprSocial.Load.Checking;

internal sealed record StoredUser(Guid Id, string Handle);
