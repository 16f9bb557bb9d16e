using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace DaprSocial.Testing.Peers;

/// <summary>A program that is not ours, run beside a test; it talks by lines and ends when its input does.</summary>
public sealed class PeerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly string _command;

    private PeerProcess(Process process, string command)
    {
        (_process, _command) = (process, command);
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
                _errors.Append(line.Data).Append('\n');
        };
        _process.BeginErrorReadLine();
    }

    private string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString().Trim();
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="folder">The folder that it works in.</param>
    /// <param name="command">The program and what it is told.</param>
    public static PeerProcess Start(string folder, params IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        // Nothing may lead a call on loopback through a proxy.
        foreach (var name in (string[])["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "grpc_proxy"])
            start.Environment.Remove(name);
        try
        {
            return new PeerProcess(Process.Start(start)!, string.Join(' ', command));
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{command[0]} does not start: {e.Message}. Install it.", e);
        }
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>The lines that it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<IReadOnlyList<string>> RunAsync(
        string folder, TimeSpan patience, params IReadOnlyList<string> command)
    {
        await using var peer = Start(folder, command);
        return await peer.ReadToEndAsync().WaitAsync(patience);
    }

    /// <summary>The next line that it prints.</summary>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public async Task<string> ReadLineAsync()
    {
        if (await _process.StandardOutput.ReadLineAsync() is { } line)
            return line;
        await _process.WaitForExitAsync();
        throw Failure();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().InTimeAsync();
        _process.Dispose();
    }

    private async Task<IReadOnlyList<string>> ReadToEndAsync()
    {
        var lines = new List<string>();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            lines.Add(line);
        await _process.WaitForExitAsync();
        return _process.ExitCode == 0 ? lines : throw Failure();
    }

    private InvalidOperationException Failure() => new($"`{_command}` ended with {_process.ExitCode}: {Errors}");
}
