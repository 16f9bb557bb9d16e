namespace DaprSocial.Load.Checking;

/// <summary>One thing to check.</summary>
/// <param name="Listing">What it is, for a difference.</param>
/// <param name="User">Whose it is, for a difference.</param>
/// <param name="RunAsync">Does it.</param>
internal sealed record Check(string Listing, string User, Func<CancellationToken, Task> RunAsync);
