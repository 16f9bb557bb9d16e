using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace DaprSocial.Ctl.Processes;

/// <summary>Runs a program to its end and gathers what it prints.</summary>
internal static class Tool
{
    private static readonly IReadOnlyDictionary<string, string?> _nothing = new Dictionary<string, string?>();

    public static Task<ToolResult> RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken) =>
        RunAsync(command, workingDirectory: "/", _nothing, static _ => { }, cancellationToken);

    /// <param name="environment">Added to ours; null removes a variable.</param>
    /// <param name="onLine">Told every line as it comes, from several threads but never two at once.</param>
    public static async Task<ToolResult> RunAsync(
        IReadOnlyList<string> command,
        string workingDirectory,
        IReadOnlyDictionary<string, string?> environment,
        Action<string> onLine,
        CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        using var process = new Process { StartInfo = Describe(command, workingDirectory, environment) };
        void Take(string? line)
        {
            if (line is null)
                return;
            lock (output)
            {
                output.Append(line).Append('\n');
                onLine(line);
            }
        }

        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        Start(process, command[0]);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ToolResult(process.ExitCode, output.ToString());
    }

    private static ProcessStartInfo Describe(
        IReadOnlyList<string> command, string workingDirectory, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }

    private static void Start(Process process, string program)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new CtlException(
                $"{program} could not be started: {e.Message}.", $"Install {program} or put it on PATH.");
        }
    }
}
