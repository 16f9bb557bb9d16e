using System.CommandLine;
using DaprSocial.Ctl.Demo;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;
using DaprSocial.Verify;
using DaprSocial.Verify.Repairing;

namespace DaprSocial.Ctl.Commands;

/// <summary><c>ctl verify</c>: recomputes what is derived, and names every difference with its cause.</summary>
internal static class VerifyCommand
{
    private const int SampleSizeMin = 10;
    private const int SampleSizeMax = 100_000;

    public static Command Create(Screen screen)
    {
        var sample = new Option<int?>("--sample")
        {
            Description =
                $"Compare about N keys of each table, {SampleSizeMin} to {SampleSizeMax}, and N/10 home timelines",
            HelpName = "N",
        };
        var all = new Option<bool>("--all") { Description = "Compare every row of every table (the default)" };
        var answers = new Option<bool>("--answers")
        {
            Description = "Read also every timeline, list, post and thread through the services; takes minutes",
        };
        var repair = new Option<bool>("--repair")
        {
            Description = "Build what differs anew from the logs, while the old version serves; then verify again",
        };
        var json = SharedOptions.Json("Print the report as one JSON document");
        var portBase = SharedOptions.PortBase();
        var data = SharedOptions.Data();
        var command = new Command(
            "verify", "Compare every projected row with the command stores; exit code 3 if any differs")
        {
            sample, all, answers, repair, json, portBase, data,
        };
        command.SetAction((arguments, _) => RunAsync(
            new Arguments(
                Checked(arguments.GetValue(sample), arguments.GetValue(all)),
                arguments.GetValue(answers),
                arguments.GetValue(repair),
                arguments.GetValue(json)),
            Checkout.Locate(arguments.GetValue(data)),
            arguments.GetValue(portBase),
            screen));
        return command;
    }

    private static async Task<int> RunAsync(Arguments arguments, Checkout checkout, int? portBase, Screen screen)
    {
        var progress = screen.Progress(arguments.Json);
        using var signals = new ShutdownSignals();
        await using var mesh = await MeshSession.OpenAsync(checkout, portBase, "ctl verify", progress, signals);
        var options = new VerifyOptions
        {
            PostgresConnectionString = mesh.PostgresConnectionString,
            EdgeAddress = mesh.Ports.SidecarGrpcAddress(MeshApps.Edge),
            SampleSize = arguments.SampleSize,
            HasAllAnswers = arguments.HasAllAnswers,
            Seed = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
        };
        var report = await VerifyAsync(options, progress, signals.Token);
        if (arguments.Repair && report.Projections() is { Count: > 0 } wrong)
        {
            // What is wrong goes to the screen before it is gone; --json promises one document, of what is left.
            if (!arguments.Json)
                report.WriteText(Console.Out);
            await RepairAsync(wrong, mesh.Ports, progress, signals.Token);
            report = await VerifyAsync(options, progress, signals.Token);
        }

        if (arguments.Json)
            Screen.WriteLine(report.ToJson());
        else
            report.WriteText(Console.Out);
        return report.DifferenceCount == 0 ? ExitCodes.Ok : ExitCodes.Violations;
    }

    private static async Task<VerifyReport> VerifyAsync(
        VerifyOptions options, IProgressReport progress, CancellationToken cancellationToken)
    {
        try
        {
            return await progress.StepAsync(
                "verify", say => Verifier.RunAsync(options, new StageProgress(progress, say), cancellationToken));
        }
        catch (VerifyException exception)
        {
            throw new CtlException(exception.Message, "./social status shows which part does not answer.");
        }
    }

    private static async Task RepairAsync(
        IReadOnlyList<string> projections, MeshPorts ports, IProgressReport progress,
        CancellationToken cancellationToken)
    {
        try
        {
            await progress.StepAsync(
                $"rebuild {string.Join(", ", projections)}",
                say => new ProjectionRepair(ports.ServiceAddress, new StageProgress(progress, say))
                    .RunAsync(projections, cancellationToken));
        }
        catch (VerifyException exception)
        {
            throw new CtlException(
                exception.Message, "./social status shows what runs; run this again to go on with it.");
        }
    }

    private static int? Checked(int? sampleSize, bool isAll) => sampleSize switch
    {
        null => null,
        < SampleSizeMin or > SampleSizeMax => throw new CtlException(
            $"--sample {sampleSize} is out of range.", $"Choose {SampleSizeMin} to {SampleSizeMax}.", ExitCodes.Usage),
        _ when isAll => throw new CtlException(
            "--sample and --all exclude each other.", "Leave one of them out.", ExitCodes.Usage),
        _ => sampleSize,
    };

    private sealed record Arguments(int? SampleSize, bool HasAllAnswers, bool Repair, bool Json);
}
