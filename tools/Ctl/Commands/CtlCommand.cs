using System.CommandLine;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Operations;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Commands;

/// <summary><c>ctl</c>: what an operator does to a mesh.</summary>
internal static class CtlCommand
{
    public static Command Create(Screen screen) => new(
        "ctl", "Look after a mesh: verify and rebuild what it derives, free what is stuck, erase a user")
    {
        VerifyCommand.Create(screen),
        ProjectionCommand.Create(screen),
        ParkedCommand.Create(screen),
        DeadLetterCommand.Create(screen),
        LogCommand.Create(screen),
        EraseCommand.Create(screen),
    };

    /// <summary>The service that a command is about.</summary>
    public static Argument<string> Service() => new Argument<string>("service")
    {
        Description = $"Whose projection: {string.Join(", ", MeshApps.Services)}",
    }.AcceptOnlyFromAmong([.. MeshApps.Services]);

    /// <summary>The service that a command is about, or all.</summary>
    public static Argument<string?> AnyService() => new Argument<string?>("service")
    {
        Description = $"Whose projection: {string.Join(", ", MeshApps.Services)}; all by default",
        Arity = ArgumentArity.ZeroOrOne,
    }.AcceptOnlyFromAmong([.. MeshApps.Services]);

    /// <returns>The service that is named; all without a name.</returns>
    public static IReadOnlyList<string> Services(string? name) => name is null ? MeshApps.Services : [name];

    /// <summary>Adds the options that tell the mesh; runs the work on the one that runs, or on an own one.</summary>
    /// <param name="command">Gets the action.</param>
    /// <param name="screen">Gets the progress.</param>
    /// <param name="work">Given the arguments, answers the exit code.</param>
    public static Command On(
        this Command command, Screen screen,
        Func<ParseResult, ProjectionOperator, IProgressReport, CancellationToken, Task<int>> work)
    {
        var portBase = SharedOptions.PortBase();
        var data = SharedOptions.Data();
        command.Add(portBase);
        command.Add(data);
        command.SetAction(async (arguments, _) =>
        {
            var progress = screen.Progress(arguments.GetResult("--json") is not null);
            using var signals = new ShutdownSignals();
            await using var mesh = await MeshSession.OpenAsync(
                Checkout.Locate(arguments.GetValue(data)), arguments.GetValue(portBase), $"ctl {command.Name}",
                progress, signals);
            using var projections = new ProjectionOperator(mesh.Ports);
            return await work(arguments, projections, progress, signals.Token);
        });
        return command;
    }
}
