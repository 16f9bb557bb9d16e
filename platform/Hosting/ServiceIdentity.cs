namespace DaprSocial.Hosting;

/// <summary>Which service this process (or this part of it) is, and what it does.</summary>
/// <param name="AppId">Dapr app id; also the schema's name.</param>
/// <param name="Roles">The roles of this process.</param>
public sealed record ServiceIdentity(string AppId, ServiceRoles Roles);
