namespace DaprSocial.Ctl.Output;

internal static class ProgressReportExtensions
{
    /// <summary>A step without a result.</summary>
    public static Task StepAsync(this IProgressReport progress, string title, Func<Action<string>, Task> work) =>
        progress.StepAsync(title, async say =>
        {
            await work(say);
            return true;
        });
}
