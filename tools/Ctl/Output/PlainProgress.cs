using System.Diagnostics;

namespace DaprSocial.Ctl.Output;

/// <summary>
/// Progress as plain lines, for logs and pipes: a step that is done in a second is one line; a longer one says so after
/// one second and again ever more rarely, so that a log of a slow machine stays readable.
/// </summary>
internal sealed class PlainProgress(TextWriter output) : IProgressReport
{
    private readonly Lock _writing = new();

    public async Task<T> StepAsync<T>(string title, Func<Action<string>, Task<T>> work)
    {
        var watch = Stopwatch.StartNew();
        var detail = "";
        using var ended = new CancellationTokenSource();
        var ticking = TickAsync(title, () => detail, watch, ended.Token);
        var outcome = "failed";
        try
        {
            var result = await work(text => detail = text);
            outcome = "ok";
            return result;
        }
        catch (OperationCanceledException)
        {
            outcome = "stopped";
            throw;
        }
        finally
        {
            await ended.CancelAsync();
            await ticking;
            Write($"  {outcome,-7} {title} ({Elapsed.Text(watch.Elapsed)})");
        }
    }

    public void Say(string line) => Write(line);

    private async Task TickAsync(string title, Func<string> detail, Stopwatch watch, CancellationToken ended)
    {
        var next = TimeSpan.FromSeconds(1);
        while (true)
        {
            var wait = next > watch.Elapsed ? next - watch.Elapsed : TimeSpan.Zero;
            await Task.Delay(wait, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
                return;
            var now = detail() is { Length: > 0 } text ? $": {text}" : "";
            Write($"  ...     {title} ({Elapsed.Text(watch.Elapsed)}){now}");
            next = watch.Elapsed < TimeSpan.FromSeconds(4) ? TimeSpan.FromSeconds(5) : watch.Elapsed * 2;
            next = TimeSpan.FromTicks(Math.Min(next.Ticks, (watch.Elapsed + TimeSpan.FromSeconds(30)).Ticks));
        }
    }

    private void Write(string line)
    {
        lock (_writing)
            output.WriteLine(line);
    }
}
