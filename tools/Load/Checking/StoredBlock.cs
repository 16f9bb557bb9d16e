namespace DaprSocial.Load.Checking;

internal readonly record struct StoredBlock(Guid BlockerId, Guid BlockedId);
