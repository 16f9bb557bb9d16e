using System.Diagnostics;
using System.Threading.Channels;
using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Tests.Commands;

/// <summary>The real command line in a process of its own, as a person runs it.</summary>
internal sealed class CtlProcess : IDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _seen = [];

    private CtlProcess(Process process) => _process = process;

    public ProcessIdentity Identity => new(_process.Id, ProcessIdentity.Find(_process.Id)?.StartTicks ?? 0);

    /// <summary>Everything printed so far, errors included.</summary>
    public string Output
    {
        get
        {
            lock (_seen)
                return string.Join('\n', _seen);
        }
    }

    public static CtlProcess Start(string dataDirectory, params string[] arguments)
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "DaprSocial.Ctl.dll");
        var start = new ProcessStartInfo("dotnet", [dll, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DAPRSOCIAL_DATA"] = dataDirectory;
        start.Environment.Remove("DAPRSOCIAL_PORT_BASE");
        var child = new CtlProcess(new Process { StartInfo = start });
        child._process.OutputDataReceived += (_, line) => child.Take(line.Data);
        child._process.ErrorDataReceived += (_, line) => child.Take(line.Data);
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>
    /// Waits for a line that contains the text; fails with all the output when the process ends before.
    /// </summary>
    public async Task WaitForLineAsync(string text)
    {
        var exited = _process.WaitForExitAsync(Limits.Patience());
        while (true)
        {
            var reading = _lines.Reader.ReadAsync(Limits.Patience()).AsTask();
            if (await Task.WhenAny(reading, exited) == exited && !reading.IsCompleted)
                Assert.Fail($"It ended before it said '{text}':\n{Output}");
            if ((await reading).Contains(text, StringComparison.Ordinal))
                return;
        }
    }

    public void Send(Signal signal) => Identity.Send(signal);

    public async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(Limits.Patience());
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        lock (_seen)
            _seen.Add(line);
        _lines.Writer.TryWrite(line);
    }
}
