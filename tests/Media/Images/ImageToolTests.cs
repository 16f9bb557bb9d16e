using System.Diagnostics;
using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Media.Images;
using DaprSocial.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DaprSocial.Media.Tests.Images;

/// <summary>What libvips may do at most, with programs in its place that do more.</summary>
public sealed class ImageToolTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("daprsocial-tool-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Fit_TakesTooLong_IsKilledAndRefused()
    {
        var clock = new FakeTimeProvider();
        using var tool = Create("echo $$ > pid; exec sleep 1000", clock);
        var fitting = FitAsync(tool);
        await clock.WhenScheduledAsync(TimeSpan.FromSeconds(20)).InTimeAsync();

        clock.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(ErrorReason.MediaTooCostly, await ReasonOfAsync(fitting));
        var pid = Path.Combine(_folder.FullName, "pid");
        if (File.Exists(pid))
        {
            Assert.DoesNotContain(
                Process.GetProcesses(), process => $"{process.Id}" == File.ReadAllText(pid).Trim());
        }
    }

    [Theory]
    [InlineData("kill -SEGV $$", ErrorReason.MediaTooCostly)]
    [InlineData("exit 1", ErrorReason.MediaDamaged)]
    [InlineData("echo 'pngload: out of memory' >&2; exit 1", ErrorReason.MediaTooCostly)]
    [InlineData("while :; do :; done", ErrorReason.MediaTooCostly)]
    [InlineData("yes damaged | head -c 3000000 >&2; exit 1", ErrorReason.MediaDamaged)]
    public async Task Fit_ProgramFails_IsRefused(string script, ErrorReason expected)
    {
        using var tool = Create(script, TimeProvider.System, timeoutSeconds: 1);

        Assert.Equal(expected, await ReasonOfAsync(FitAsync(tool)));
    }

    [Fact]
    public async Task Fit_ProgramMissing_IsTheServicesFault()
    {
        using var tool = new ImageTool(
            Options.Create(new MediaOptions { Vips = "/nowhere/vips" }), TimeProvider.System,
            NullLogger<ImageTool>.Instance);

        Assert.Equal(ErrorReason.DependencyUnavailable, await ReasonOfAsync(FitAsync(tool)));
    }

    [Fact]
    public async Task Fit_TooManyWait_IsRefused()
    {
        using var tool = Create("exec sleep 1000", new FakeTimeProvider(), waiting: 1);
        using var end = new CancellationTokenSource();
        var fitting = new[] { FitAsync(tool, end.Token), FitAsync(tool, end.Token) };

        Assert.Equal(ErrorReason.DependencyUnavailable, await ReasonOfAsync(FitAsync(tool)));

        await end.CancelAsync();
        foreach (var one in fitting)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one.InTimeAsync());
    }

    [Fact]
    public async Task Fit_TheProgram_SeesNothingOfOurEnvironment()
    {
        Environment.SetEnvironmentVariable("DAPRSOCIAL_TEST_SECRET", "secret");
        using var tool = Create("env > seen; ulimit -v > memory", TimeProvider.System);

        await FitAsync(tool);

        var seen = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "seen"));
        Assert.DoesNotContain("secret", seen, StringComparison.Ordinal);
        Assert.Contains("VIPS_BLOCK_UNTRUSTED=1", seen, StringComparison.Ordinal);
        Assert.Equal(
            $"{2048 * 1024}", (await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "memory"))).Trim());
    }

    private ImageTool Create(string script, TimeProvider clock, int timeoutSeconds = 20, int waiting = 32)
    {
        var path = Path.Combine(_folder.FullName, "vips");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new ImageTool(
            Options.Create(new MediaOptions
            {
                Vips = path, ImageTimeoutSeconds = timeoutSeconds, ImageConcurrencyMax = 1, ImageQueueMax = waiting,
            }),
            clock, NullLogger<ImageTool>.Instance);
    }

    private Task FitAsync(ImageTool tool) => FitAsync(tool, CancellationToken.None);

    private Task FitAsync(ImageTool tool, CancellationToken cancellationToken) =>
        tool.FitAsync("a", "b", 10, _folder.FullName, cancellationToken);

    private static async Task<ErrorReason> ReasonOfAsync(Task task) =>
        (await Assert.ThrowsAsync<ServiceException>(() => task.InTimeAsync())).Reason;
}
