using System.Diagnostics;
using Spectre.Console;

namespace DaprSocial.Ctl.Output;

/// <summary>
/// Progress on a terminal: one live line with a spinner, the elapsed time and the detail of the moment.
/// </summary>
internal sealed class TerminalProgress(IAnsiConsole console) : IProgressReport
{
    private static readonly TimeSpan _refreshInterval = TimeSpan.FromMilliseconds(200);

    public async Task<T> StepAsync<T>(string title, Func<Action<string>, Task<T>> work)
    {
        var watch = Stopwatch.StartNew();
        var mark = "[red]failed[/]";
        try
        {
            var result = await console.Status().StartAsync(Markup.Escape(title), async live =>
            {
                var detail = "";
                var working = work(text => detail = text);
                while (await Task.WhenAny(working, Task.Delay(_refreshInterval)) != working)
                    live.Status(LiveText(title, watch.Elapsed, detail));
                return await working;
            });
            mark = "[green]ok[/]";
            return result;
        }
        catch (OperationCanceledException)
        {
            mark = "[yellow]stopped[/]";
            throw;
        }
        finally
        {
            console.MarkupLine($"  {mark} {Markup.Escape(title)} [grey]({Elapsed.Text(watch.Elapsed)})[/]");
        }
    }

    public void Say(string line) => console.MarkupLine(Markup.Escape(line));

    private static string LiveText(string title, TimeSpan elapsed, string detail) =>
        elapsed < TimeSpan.FromSeconds(1)
            ? Markup.Escape(title)
            : $"{Markup.Escape(title)} [grey]({Elapsed.Text(elapsed)}) {Markup.Escape(detail)}[/]";
}
