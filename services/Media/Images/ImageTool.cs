using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using DaprSocial.Errors;
using DaprSocial.Media.Domain;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DaprSocial.Media.Images;

/// <summary>Runs libvips in a process of its own, which a hostile image may bring down and nothing else.</summary>
/// <remarks>
/// The process is bounded in memory, processor time, file size and open files by the kernel (prlimit), in time by us.
/// It has one worker thread and no loaders that libvips itself does not trust: no SVG, no PDF, no ImageMagick behind
/// it.
/// </remarks>
internal sealed class ImageTool : IDisposable
{
    private const long FileBytesMax = 256L * 1024 * 1024;
    private const int OpenFilesMax = 64;
    private const int KilledBySignal = 128;

    // As shells and prlimit say that a program is not there, or none.
    private const int NotExecutable = 126;
    private const int NotFound = 127;
    private const int ErrorLengthMax = 500;

    private readonly MediaOptions _options;
    private readonly SemaphoreSlim _turns;
    private readonly TimeProvider _clock;
    private readonly ILogger<ImageTool> _logger;
    private int _waiting;

    public ImageTool(IOptions<MediaOptions> options, TimeProvider clock, ILogger<ImageTool> logger)
    {
        _options = options.Value;
        _turns = new SemaphoreSlim(_options.ImageConcurrencyMax);
        (_clock, _logger) = (clock, logger);
    }

    /// <summary>Shrinks a picture to fit into a square, if it does not, turned upright and in sRGB.</summary>
    /// <param name="source">Path, with libvips' options of loading.</param>
    /// <param name="target">Path, with libvips' options of saving; its name decides the type.</param>
    /// <param name="sideMax">Side of the square in pixels.</param>
    /// <param name="folder">For its temporary files.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="ServiceException">MEDIA_DAMAGED, MEDIA_TOO_COSTLY or DEPENDENCY_UNAVAILABLE.</exception>
    public async Task FitAsync(
        string source, string target, int sideMax, string folder, CancellationToken cancellationToken)
    {
        var side = Text(sideMax);
        string[] arguments =
        [
            "thumbnail", source, target, side, "--height", side, "--size", "down", "--fail-on", "error",
            "--export-profile", "srgb",
        ];
        if (Interlocked.Increment(ref _waiting) > _options.ImageConcurrencyMax + _options.ImageQueueMax)
        {
            Interlocked.Decrement(ref _waiting);
            throw Refusals.DependencyUnavailable("The queue of images is full; libvips");
        }

        try
        {
            await _turns.WaitAsync(cancellationToken);
            try
            {
                await RunAsync(arguments, folder, cancellationToken);
            }
            finally
            {
                _turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public void Dispose() => _turns.Dispose();

    private async Task RunAsync(string[] arguments, string folder, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = Describe(arguments, folder) };
        Start(process);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(_options.ImageTimeoutSeconds), _clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        // Both are read to their ends, or the process would wait for us; a damaged image can make it say a lot.
        var output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        var error = ReadBeginningAsync(process.StandardError);
        try
        {
            await process.WaitForExitAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            // This process alone, by its id; it has no children.
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            throw MediaErrors.TooCostly();
        }

        await output;
        var why = await error;
        if (process.ExitCode == 0)
            return;
        if (process.ExitCode is NotExecutable or NotFound)
        {
            MediaLog.ImageToolMissing(_logger, why);
            throw Refusals.DependencyUnavailable("libvips");
        }

        MediaLog.ImageFailed(_logger, process.ExitCode, why);
        throw process.ExitCode >= KilledBySignal || why.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
            ? MediaErrors.TooCostly()
            : MediaErrors.Damaged("its pixels cannot be decoded");
    }

    private ProcessStartInfo Describe(string[] arguments, string folder)
    {
        var memory = (long)_options.ImageMemoryMaxMb * 1024 * 1024;
        var start = new ProcessStartInfo("prlimit",
        [
            $"--as={Text(memory)}", $"--cpu={Text(_options.ImageTimeoutSeconds)}", $"--fsize={Text(FileBytesMax)}",
            $"--nofile={Text(OpenFilesMax)}", "--core=0", "--", _options.Vips, .. arguments,
        ])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var path = start.Environment["PATH"];
        // Nothing else of ours: passwords are in there.
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["HOME"] = start.Environment["TMPDIR"] = folder;
        start.Environment["VIPS_BLOCK_UNTRUSTED"] = "1";
        start.Environment["VIPS_CONCURRENCY"] = "1";
        start.Environment["VIPS_WARNING"] = "0";
        return start;
    }

    private void Start(Process process)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            MediaLog.ImageToolMissing(_logger, exception.Message);
            throw Refusals.DependencyUnavailable("libvips");
        }
    }

    private static async Task<string> ReadBeginningAsync(StreamReader reader)
    {
        var buffer = new char[ErrorLengthMax];
        var length = await reader.ReadBlockAsync(buffer);
        await reader.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        return new string(buffer, 0, length).Trim();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
