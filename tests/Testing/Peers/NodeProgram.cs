using System.Security.Cryptography;

namespace DaprSocial.Testing.Peers;

/// <summary>
/// Scripts for Node.js with the packages that they need. The packages are installed once for each lock file, into the
/// checkout's data folder; the scripts are copied beside them for one run.
/// </summary>
public sealed class NodeProgram : IDisposable
{
    private const string Modules = "node_modules";

    // From a registry that answers slowly, or with a machine that is busy.
    private static readonly TimeSpan _installPatience = TimeSpan.FromMinutes(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("daprsocial-node-");

    private NodeProgram(string source, string modules)
    {
        foreach (var file in Directory.EnumerateFiles(source))
            File.Copy(file, Path.Combine(Folder, Path.GetFileName(file)));
        Directory.CreateSymbolicLink(Path.Combine(Folder, Modules), modules);
    }

    /// <summary>The folder to run the scripts in.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Installs the packages if they are not there.</summary>
    /// <param name="path">The scripts' folder, from the root; it has a lock file.</param>
    /// <exception cref="InvalidOperationException">npm has failed; the message says how to see why.</exception>
    public static async Task<NodeProgram> InstallAsync(string path)
    {
        var source = Path.Combine(SourceTree.Root, path);
        var locked = await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"));
        var key = Convert.ToHexStringLower(SHA256.HashData(locked))[..12];
        var installed = Path.Combine(SourceTree.Root, ".data", "npm", $"{Path.GetFileName(path)}-{key}");
        if (!Directory.Exists(installed))
            await InstallAsync(source, installed);
        return new NodeProgram(source, Path.Combine(installed, Modules));
    }

    /// <inheritdoc />
    public void Dispose() => _folder.Delete(recursive: true);

    // Into a folder that gets its name at the end: it is there whole or not at all, whoever else installs it meanwhile.
    private static async Task InstallAsync(string source, string target)
    {
        var staging = Directory.CreateDirectory($"{target}.{Guid.NewGuid():n}");
        try
        {
            foreach (var name in (string[])["package.json", "package-lock.json"])
                File.Copy(Path.Combine(source, name), Path.Combine(staging.FullName, name));
            // None of these packages needs a script of its own to be run.
            await PeerProcess.RunAsync(
                staging.FullName, _installPatience, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            Directory.Move(staging.FullName, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            staging.Delete(recursive: true);
        }
        catch (InvalidOperationException e)
        {
            staging.Delete(recursive: true);
            throw new InvalidOperationException(
                $"npm has not installed what {source} needs. Run there: npm ci --ignore-scripts", e);
        }
    }
}
