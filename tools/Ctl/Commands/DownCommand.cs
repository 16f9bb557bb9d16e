using System.CommandLine;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;
using DaprSocial.Ctl.Stores;
using DaprSocial.Ctl.Testing;

namespace DaprSocial.Ctl.Commands;

/// <summary><c>down</c>: stops the mesh of this checkout, and stores that a killed one has left.</summary>
internal static class DownCommand
{
    // More than the mesh itself takes at most: services 30 s, Redis 20 s, PostgreSQL 40 s.
    private static readonly TimeSpan _stopTimeout = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan _lockTimeout = TimeSpan.FromSeconds(5);

    public static Command Create(Screen screen)
    {
        var data = SharedOptions.Data();
        var command = new Command("down", "Stop the mesh that runs, and whatever a killed one has left") { data };
        command.SetAction((arguments, _) => RunAsync(Checkout.Locate(arguments.GetValue(data)), screen.Progress()));
        return command;
    }

    private static async Task<int> RunAsync(Checkout checkout, IProgressReport progress)
    {
        using var signals = new ShutdownSignals();
        var file = new MeshStateFile(checkout.DataDirectory);
        var stopped = new List<string>();
        if (file.FindRunning() is { } state)
        {
            await StopMeshAsync(state, progress, signals.Token);
            stopped.Add("the mesh");
        }

        using (await LockFile.TakeAsync(file.LockPath, _lockTimeout, signals.Token) ?? throw StillLocked(checkout))
        {
            // The ports do not matter here: a server is known by its folder.
            stopped.AddRange(await LocalStores.StopLeftoversAsync(
                StoresSettings.ForMesh(checkout.DataDirectory, 0, 0), progress, signals.Token));
            file.Delete();
        }

        // Stores of a test run are left alone while it runs.
        using (var testLock = LockFile.TryTake(TestRun.LockPath(checkout)))
        {
            if (testLock is not null)
            {
                using var folder = TestFolder.Of(checkout.DataDirectory);
                stopped.AddRange(await LocalStores.StopLeftoversAsync(
                    StoresSettings.ForTests(folder.Path, 0, 0), progress, signals.Token));
            }
        }

        Screen.WriteLine(stopped.Count == 0 ? "Nothing is running." : $"Stopped: {string.Join(", ", stopped)}.");
        return ExitCodes.Ok;
    }

    private static Task StopMeshAsync(MeshState state, IProgressReport progress, CancellationToken cancellationToken) =>
        progress.StepAsync($"stop the mesh of ./social {state.StartedBy} (process {state.Pid})", async _ =>
        {
            state.Process.Send(Signal.Terminate);
            if (!await state.Process.WaitForExitAsync(_stopTimeout, cancellationToken))
            {
                throw new CtlException(
                    $"Process {state.Pid} does not stop.",
                    $"kill -9 {state.Pid}, then ./social down again for the stores: they lose nothing.");
            }
        });

    private static CtlException StillLocked(Checkout checkout) => new(
        $"A mesh is just starting in {checkout.DataDirectory}.", "Try again in a moment.");
}
