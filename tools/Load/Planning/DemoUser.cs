namespace DaprSocial.Load.Planning;

internal sealed record DemoUser(string Handle, string DisplayName);
