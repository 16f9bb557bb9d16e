namespace DaprSocial.Load.Input;

/// <summary>One line of a file of texts.</summary>
internal sealed record PostLine(string? Lang, string? Text);
