namespace DaprSocial.Bench;

/// <summary>One way to write a post.</summary>
/// <param name="Name">As the report shows it.</param>
/// <param name="WriteAsync">Writes one post as a writer; answers its consistency token, or nothing.</param>
internal sealed record WriteVariant(string Name, Func<int, string, CancellationToken, Task<string>> WriteAsync);
