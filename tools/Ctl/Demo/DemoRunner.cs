using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Output;

namespace DaprSocial.Ctl.Demo;

/// <summary>Loads a mesh, checks every answer and reports: the seam to the load generator.</summary>
internal static class DemoRunner
{
    /// <param name="mesh">Running and ready; whether it stops afterwards is not the demo's business.</param>
    /// <param name="output">Takes the report, as text or, with <see cref="DemoOptions.Json"/>, as one JSON document.</param>
    /// <returns><see cref="ExitCodes.Ok"/>, or <see cref="ExitCodes.Violations"/> when any answer differs.</returns>
    public static Task<int> RunAsync(
        DemoOptions options,
        MeshSession mesh,
        IProgressReport progress,
        TextWriter output,
        CancellationToken cancellationToken) =>
        Task.FromException<int>(new CtlException("The demo is not wired to the load generator yet.", ""));
}
