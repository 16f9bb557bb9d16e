using DaprSocial.Ctl.Output;

namespace DaprSocial.EndToEnd.Tests.Mesh;

internal sealed class SilentProgress : IProgressReport
{
    public Task<T> StepAsync<T>(string title, Func<Action<string>, Task<T>> work) => work(static _ => { });

    public void Say(string line)
    {
    }
}
