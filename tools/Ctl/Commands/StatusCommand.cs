using System.CommandLine;
using System.Text.Json;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;
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
        if (json)
            PrintJson(state, checkout, parts);
        else
            Print(state, checkout, parts, screen);
        return parts.All(static part => part.Answers) ? ExitCodes.Ok : ExitCodes.Failure;
    }

    private static void Print(MeshState state, Checkout checkout, IReadOnlyList<MeshPartStatus> parts, Screen screen)
    {
        var phase = state.Phase.ToString().ToLowerInvariant();
        Screen.WriteLine(
            $"./social {state.StartedBy} (process {state.Pid}) is {phase}; roles {state.Roles}; "
            + $"data in {checkout.DataDirectory}");
        var table = new Table().Border(TableBorder.Simple).AddColumns("Part", "Endpoint", "Answers");
        foreach (var (part, answers, detail) in parts)
            table.AddRow(part.Title, part.Endpoint, answers ? "[green]yes[/]" : $"[red]no[/]: {Markup.Escape(detail)}");
        screen.Out.Write(table);
    }

    private static void PrintJson(MeshState state, Checkout checkout, IReadOnlyList<MeshPartStatus> parts)
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
        };
        Screen.WriteJson(document);
    }
}
