namespace DaprSocial.Testing.Peers;

/// <summary>A file of a Debian package that a test cannot do without.</summary>
public static class DebianProgram
{
    /// <returns>The path.</returns>
    /// <exception cref="InvalidOperationException">It is missing; the message says how to install it.</exception>
    public static string Require(string path, string package) => File.Exists(path)
        ? path
        : throw new InvalidOperationException(
            $"{path} is missing. Install it, as root: apt-get install --no-install-recommends {package}. "
            + "`./social test --full` does so itself where it can.");
}
