using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl;

/// <summary>Where the checkout is and where it keeps what it makes at run time.</summary>
internal sealed record Checkout(string Root, string DataDirectory)
{
    public const string SolutionFile = "DaprSocial.sln";
    private const string RootVariable = "DAPRSOCIAL_ROOT";
    public const string DataVariable = "DAPRSOCIAL_DATA";

    public string ComponentsDirectory => Path.Combine(Root, "components", "local");

    public string SolutionPath => Path.Combine(Root, SolutionFile);

    /// <summary>
    /// The lock under which <c>./social</c> builds the command line itself: two builds share obj folders.
    /// </summary>
    public string BuildLockPath => Path.Combine(Root, "tools", "Ctl", "bin", "launch", ".lock");

    /// <param name="dataDirectory">From <c>--data</c>; null for the default, <c>.data</c> of the checkout.</param>
    public static Checkout Locate(string? dataDirectory)
    {
        var root = Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } named
            ? Path.GetFullPath(named)
            : FindRoot(AppContext.BaseDirectory);
        var data = dataDirectory ?? Environment.GetEnvironmentVariable(DataVariable);
        var path = Path.GetFullPath(data is { Length: > 0 } ? data : Path.Combine(root, ".data"));
        Directory.CreateDirectory(path);

        // A server of an earlier run is recognised by the folder on its command line: one folder, one spelling.
        return new Checkout(root, Native.RealPath(path));
    }

    private static string FindRoot(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, SolutionFile)))
                return folder.FullName;
        }

        throw new CtlException(
            $"{SolutionFile} is in no folder above {from}.",
            $"Run ./social from the checkout, or set {RootVariable} to its folder.");
    }
}
