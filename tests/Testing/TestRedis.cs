namespace DaprSocial.Testing;

/// <summary>
/// The private Redis that <c>./social test</c> starts. All suites share it: what a test writes has a key of its own.
/// </summary>
public static class TestRedis
{
    /// <summary>The environment variable with <c>host:port</c>.</summary>
    public const string Variable = "DAPRSOCIAL_TEST_REDIS";

    /// <summary><c>host:port</c>.</summary>
    /// <exception cref="InvalidOperationException">No server was named: tests run by <c>./social test</c>.</exception>
    public static string Endpoint => Find()
        ?? throw new InvalidOperationException($"{Variable} is not set; run the tests by ./social test.");

    /// <summary>As <see cref="Endpoint"/>, for who can do without; null for none.</summary>
    public static string? Find() => Environment.GetEnvironmentVariable(Variable);
}
