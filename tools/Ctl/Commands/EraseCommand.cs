using System.CommandLine;
using DaprSocial.Ctl.Demo;
using DaprSocial.Ctl.Erasing;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;
using DaprSocial.Verify;

namespace DaprSocial.Ctl.Commands;

/// <summary><c>ctl erase</c>: takes a person's data out of every store, and prints a receipt.</summary>
internal static class EraseCommand
{
    public static Command Create(Screen screen)
    {
        var user = new Argument<string>("user") { Description = "Id or handle", HelpName = "USER" };
        var json = SharedOptions.Json("Print the receipt as one JSON document");
        var portBase = SharedOptions.PortBase();
        var data = SharedOptions.Data();
        var command = new Command(
            "erase", "Erase a user's data everywhere, for good; exit code 3 if a search finds something afterwards")
        {
            user, json, portBase, data,
        };
        command.SetAction((arguments, _) => RunAsync(
            arguments.GetValue(user)!,
            arguments.GetValue(json),
            Checkout.Locate(arguments.GetValue(data)),
            arguments.GetValue(portBase),
            screen));
        return command;
    }

    private static async Task<int> RunAsync(string user, bool json, Checkout checkout, int? portBase, Screen screen)
    {
        var progress = screen.Progress(json);
        using var signals = new ShutdownSignals();
        await using var mesh = await MeshSession.OpenAsync(checkout, portBase, "ctl erase", progress, signals);
        var found = await new UserTraces(mesh.PostgresConnectionString).FindAsync(user, signals.Token)
            ?? throw new CtlException(
                $"There is no user {user}.", "If an erase was begun, give the id: it is the first thing that it said.");
        progress.Say($"  erasing user {found.Id}; if this is stopped, run it again with the id");
        try
        {
            var receipt = await progress.StepAsync("erase", say => new UserErasure(
                mesh.Ports.ServiceAddress, mesh.PostgresConnectionString, new StageProgress(progress, say),
                TimeProvider.System).RunAsync(found, signals.Token));
            if (json)
                Screen.WriteLine(receipt.ToJson());
            else
                receipt.WriteText(Console.Out);
            return receipt.IsClean ? ExitCodes.Ok : ExitCodes.Violations;
        }
        catch (Exception exception) when (exception is EraseException or VerifyException)
        {
            throw new CtlException(
                exception.Message, $"./social status shows what runs; then ./social ctl erase {found.Id} goes on.");
        }
    }
}
