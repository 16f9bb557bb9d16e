namespace DaprSocial.Ctl.Erasing;

/// <param name="Store">A table with its service, or another place.</param>
/// <param name="Count">Rows erased in it.</param>
internal sealed record EraseStep(string Store, long Count);
