using System.Diagnostics;
using System.Globalization;
using DaprSocial.Ctl.Output;
using DaprSocial.Load;

namespace DaprSocial.Ctl.Demo;

/// <summary>Shows the stages of a demo: the running one as the detail of a step, each that ends as a line.</summary>
internal sealed class StageProgress(IProgressReport progress, Action<string> say) : IDemoProgress
{
    private readonly Lock _gate = new();
    private string _stage = "";
    private Stopwatch _watch = new();

    public void Report(string stage, long done, long total)
    {
        lock (_gate)
        {
            if (stage != _stage)
                (_stage, _watch) = (stage, Stopwatch.StartNew());
            say(string.Create(CultureInfo.InvariantCulture, $"{stage}: {done:N0} of {total:N0}"));
            if (done == total)
                progress.Say(string.Create(CultureInfo.InvariantCulture, $"  ok      {stage}: {total:N0} ({Elapsed.Text(_watch.Elapsed)})"));
        }
    }
}
