using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;
using DaprSocial.Ctl.Verification;
using Spectre.Console;

namespace DaprSocial.Ctl.Commands;

/// <summary><c>status</c>: every part of the mesh, its endpoint, and whether it answers.</summary>
internal static class StatusCommand
{
    public static Command Create(Screen screen)
    {
        var data = SharedOptions.Data();
        var json = SharedOptions.Json("Print one JSON document");
        var command = new Command("status", "Show each part and whether it answers; exit code 1 unless all do")
        {
            json, data,
        };
        command.SetAction((arguments, _) => RunAsync(
            Checkout.Locate(arguments.GetValue(data)), arguments.GetValue(json), screen));
        return command;
    }

    private static async Task<int> RunAsync(Checkout checkout, bool json, Screen screen)
    {
        using var signals = new ShutdownSignals();
        if (new MeshStateFile(checkout.DataDirectory).FindRunning() is not { } state)
        {
            if (json)
                Screen.WriteJson(new { Running = false });
            else
                Screen.WriteLine("No mesh is running. Start one with ./social up.");
            return ExitCodes.Failure;
        }

        using var probe = new MeshProbe();
        var parts = await probe.ProbeAllAsync(state.Ports, checkout.DataDirectory, signals.Token);
        var verification = new VerifyStateFile(checkout.DataDirectory).Read();
        if (json)
            PrintJson(state, checkout, parts, verification);
        else
            Print(state, checkout, parts, verification, screen);
        return parts.All(static part => part.Answers) ? ExitCodes.Ok : ExitCodes.Failure;
    }

    private static void Print(
        MeshState state, Checkout checkout, IReadOnlyList<MeshPartStatus> parts, VerifyState? verification,
        Screen screen)
    {
        var phase = state.Phase.ToString().ToLowerInvariant();
        Screen.WriteLine(
            $"./social {state.StartedBy} (process {state.Pid}) is {phase}; roles {state.Roles}; "
            + $"data in {checkout.DataDirectory}");
        var table = new Table().Border(TableBorder.Simple).AddColumns("Part", "Endpoint", "Answers");
        foreach (var (part, answers, detail) in parts)
            table.AddRow(part.Title, part.Endpoint, answers ? "[green]yes[/]" : $"[red]no[/]: {Markup.Escape(detail)}");
        screen.Out.Write(table);
        Screen.WriteLine(Describe(verification));
    }

    private static string Describe(VerifyState? state) => state is null
        ? "No verification yet: ./social up makes one every minute, ./social ctl verify makes one now."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{state.Time:yyyy-MM-dd HH:mm:ss} UTC, {state.ElapsedSeconds:N1} s: {VerifyTimer.Describe(state)}");

    private static void PrintJson(
        MeshState state, Checkout checkout, IReadOnlyList<MeshPartStatus> parts, VerifyState? verification)
    {
        var document = new
        {
            Running = true,
            Phase = state.Phase.ToString().ToLowerInvariant(),
            state.Pid,
            state.StartedBy,
            state.PortBase,
            state.Roles,
            checkout.DataDirectory,
            Parts = parts.Select(static part => new
            {
                part.Part.Name,
                Kind = JsonNamingPolicy.SnakeCaseLower.ConvertName(part.Part.Kind.ToString()),
                part.Part.Endpoint,
                part.Answers,
                part.Detail,
            }),
            Verification = verification,
        };
        Screen.WriteJson(document);
    }
}
