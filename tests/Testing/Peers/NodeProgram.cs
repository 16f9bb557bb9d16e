using System.Security.Cryptography;

namespace DaprSocial.Testing.Peers;

/// <summary>
/// A folder of scripts for Node.js with a lock file, and the packages that it names: both in the checkout's data
/// folder, where the packages are installed once for each lock file.
/// </summary>
public static class NodeProgram
{
    // From a registry that answers slowly, or with a machine that is busy.
    private static readonly TimeSpan _installPatience = TimeSpan.FromMinutes(10);
    private static readonly SemaphoreSlim _turn = new(1);

    /// <summary>Installs the packages if they are not there, and lays the newest scripts beside them.</summary>
    /// <param name="path">The scripts' folder, from the root; its last part names it.</param>
    /// <returns>The folder to run the scripts in.</returns>
    public static async Task<string> InstallAsync(string path)
    {
        var source = Path.Combine(Checkout.Root, path);
        var locked = await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"));
        var key = Convert.ToHexStringLower(SHA256.HashData(locked))[..12];
        var folder = Path.Combine(Checkout.Root, ".data", "npm", $"{Path.GetFileName(path)}-{key}");
        Directory.CreateDirectory(folder);
        await _turn.WaitAsync();
        try
        {
            await CopyAndInstallAsync(source, folder);
        }
        finally
        {
            _turn.Release();
        }

        return folder;
    }

    private static async Task CopyAndInstallAsync(string source, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(source))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        var installed = Path.Combine(folder, "installed");
        if (File.Exists(installed))
            return;
        try
        {
            // No package that these scripts use needs a script of its own to be run.
            await PeerProcess.RunAsync(
                folder, _installPatience, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException(
                $"npm has not installed what {source} needs: run `npm ci --ignore-scripts` in {folder}.", e);
        }

        await File.WriteAllTextAsync(installed, "");
    }
}
