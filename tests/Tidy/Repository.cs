using System.Diagnostics;
using System.Text;

namespace DaprSocial.Tidy.Tests;

/// <summary>The files of the repository that this was built in: tracked ones, and new ones not ignored.</summary>
internal static class Repository
{
    private static readonly string[] _binaryExtensions = [".snk", ".png", ".jpg", ".gif", ".ico", ".webp", ".gz"];
    private static readonly string[] _ignoredFolders = [".git", "bin", "obj", ".data", "node_modules", "TestResults"];
    private static readonly UTF8Encoding _strictUtf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Lazy<IReadOnlyList<SourceFile>> _lazyFiles =
        new(() => Read(FindRoot(AppContext.BaseDirectory)));

    public static IReadOnlyList<SourceFile> Files => _lazyFiles.Value;

    /// <summary>Every path of the repository, also of files that are not text.</summary>
    public static IReadOnlyList<string> ListPaths(string root)
    {
        var listed = ListByGit(root) ?? ListByEnumeration(root);
        return listed.Where(path => File.Exists(Path.Combine(root, path))).Order(StringComparer.Ordinal).ToList();
    }

    private static List<SourceFile> Read(string root) => ListPaths(root)
        .Where(path => !_binaryExtensions.Contains(Path.GetExtension(path)))
        .Select(path => new SourceFile(path, ReadText(Path.Combine(root, path))))
        .ToList();

    /// <summary>Reads without dropping a byte order mark, so that a rule can see it.</summary>
    private static string ReadText(string path)
    {
        try
        {
            return _strictUtf8.GetString(File.ReadAllBytes(path));
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException($"{path} is not UTF-8; if it is binary, add its extension here.", e);
        }
    }

    private static string FindRoot(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {start} holds Directory.Packages.props.");
    }

    /// <summary>Null where git is missing or the folder is no work tree, for example in an unpacked archive.</summary>
    private static List<string>? ListByGit(string root)
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var git = Process.Start(start);
            if (git is null)
                return null;
            git.ErrorDataReceived += static (_, _) => { };
            git.BeginErrorReadLine();
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries)] : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static IEnumerable<string> ListByEnumeration(string root) =>
        Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(_ignoredFolders.Contains));
}
