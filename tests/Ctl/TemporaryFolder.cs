using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Tests;

/// <summary>
/// A folder that nobody else may enter, as <c>mktemp -d</c> makes it, removed with all that is in it.
/// </summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Native.RealPath(Directory.CreateTempSubdirectory("ctl-tests-").FullName);

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public string WriteScript(string name, string body)
    {
        var path = Write(name, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
