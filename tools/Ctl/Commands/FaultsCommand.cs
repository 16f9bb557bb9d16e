using System.CommandLine;
using DaprSocial.Ctl.Faults;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;
using DaprSocial.Ctl.Stores;
using DaprSocial.Faults;
using DaprSocial.Faults.Planning;

namespace DaprSocial.Ctl.Commands;

/// <summary><c>faults</c>: breaks a mesh of its own by a schedule and checks that every promise is kept.</summary>
internal static class FaultsCommand
{
    private const double DefaultMinutes = 5;
    private const double MinutesMin = 0.2;
    private const double MinutesMax = 24 * 60;

    public static Command Create(Screen screen)
    {
        var seed = new Option<long>("--seed")
        {
            Description = "Decides the schedule: the same seed and minutes break the same things at the same times",
            HelpName = "N",
            DefaultValueFactory = static _ => 1,
        };
        var minutes = new Option<double>("--minutes")
        {
            Description = "How long the run takes with its checks, on two cores of its own",
            HelpName = "M",
            DefaultValueFactory = static _ => DefaultMinutes,
        };
        var plan = new Option<bool>("--plan") { Description = "Print the schedule and do nothing" };
        var only = new Option<PhaseKind[]>("--only")
        {
            Description = $"Phases of this kind only: {string.Join(", ", Enum.GetNames<PhaseKind>())}",
            HelpName = "KIND",
        };
        var json = SharedOptions.Json("Print the report as one JSON document");
        var data = SharedOptions.Data();
        var command = new Command("faults", "Kill, lose, delay and skew, and check that no promise breaks")
        {
            seed, minutes, plan, only, json, data,
        };
        command.SetAction((arguments, _) => RunAsync(
            new Arguments(
                arguments.GetValue(seed),
                Within(arguments.GetValue(minutes)),
                arguments.GetValue(plan),
                arguments.GetValue(only) ?? [],
                arguments.GetValue(json)),
            Checkout.Locate(arguments.GetValue(data)),
            screen));
        return command;
    }

    private static async Task<int> RunAsync(Arguments arguments, Checkout checkout, Screen screen)
    {
        var schedule = FaultRunner.Plan(arguments.Seed, TimeSpan.FromMinutes(arguments.Minutes), arguments.Only);
        var progress = screen.Progress(arguments.Json);
        foreach (var line in FaultReportText.Of(schedule))
            progress.Say(line);
        if (arguments.PlanOnly)
            return ExitCodes.Ok;

        using var signals = new ShutdownSignals();
        using var lease = PortLease.Take();
        var ports = lease.Ports;
        var folder = Path.Combine(checkout.DataDirectory, $"faults-{arguments.Seed}-{Environment.ProcessId}");
        var stores = new CrashableStores(StoresSettings.ForMesh(folder, ports.Postgres, ports.Redis), progress);
        FaultReport report;
        await using (stores)
        {
            await stores.StartAsync(signals.Token);
            var options = new FaultOptions
            {
                Schedule = schedule,
                ProgramsDirectory = AppContext.BaseDirectory,
                ComponentsDirectory = checkout.ComponentsDirectory,
                LogsDirectory = Path.Combine(folder, "logs"),
                PortBase = ports.Base,
                Checks = [TableVerification.FindWrongAsync],
            };
            report = await FaultRunner.RunAsync(options, stores, progress.Say, signals.Token);
        }

        return await EndAsync(report, folder, arguments.Json);
    }

    private static async Task<int> EndAsync(FaultReport report, string folder, bool json)
    {
        foreach (var line in json ? [report.ToJson()] : FaultReportText.Of(report))
            await Console.Out.WriteLineAsync(line);
        if (report.Violations.Count > 0)
        {
            await Console.Error.WriteLineAsync($"The logs of the processes and the database are kept in {folder}.");
            return ExitCodes.Violations;
        }

        Directory.Delete(folder, recursive: true);
        return ExitCodes.Ok;
    }

    private static double Within(double minutes) => minutes is >= MinutesMin and <= MinutesMax
        ? minutes
        : throw new CtlException(
            $"--minutes {minutes} is out of range.", $"From {MinutesMin} to {MinutesMax}.", ExitCodes.Usage);

    private sealed record Arguments(long Seed, double Minutes, bool PlanOnly, PhaseKind[] Only, bool Json);
}
