namespace DaprSocial.Verify.Projections;

/// <param name="Type">As PostgreSQL calls it.</param>
internal sealed record KeyColumn(string Name, string Type = "uuid");
