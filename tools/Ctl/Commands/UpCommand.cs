using System.CommandLine;
using System.Globalization;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;
using Spectre.Console;

namespace DaprSocial.Ctl.Commands;

/// <summary><c>up</c>: runs the mesh in the foreground until Ctrl-C.</summary>
internal static class UpCommand
{
    public static Command Create(Screen screen)
    {
        var portBase = SharedOptions.PortBase();
        var data = SharedOptions.Data();
        var roles = new Option<string?>("--roles")
        {
            Description = $"What the services do, comma-separated (default {MeshRoles.All})",
            HelpName = "LIST",
        };
        var command = new Command("up", "Start stores, sidecars and services; Ctrl-C stops them all")
        {
            portBase, roles, data,
        };
        command.SetAction((arguments, _) => RunAsync(
            Checkout.Locate(arguments.GetValue(data)),
            MeshPorts.Choose(arguments.GetValue(portBase)),
            MeshRoles.Parse(arguments.GetValue(roles)),
            screen));
        return command;
    }

    private static async Task<int> RunAsync(Checkout checkout, MeshPorts ports, string roles, Screen screen)
    {
        using var signals = new ShutdownSignals();
        await using var mesh = await LocalMesh.StartNewAsync(
            checkout, ports, roles, startedBy: "up", screen.Progress(), signals);
        Print(checkout, ports, screen);
        try
        {
            var loss = await mesh.WaitForLossAsync(signals.Token);
            throw new CtlException(loss, "Everything else is stopped now; ./social up starts again and recovers.");
        }
        catch (OperationCanceledException)
        {
            Screen.WriteLine();
            Screen.WriteLine("Stopping.");
            return ExitCodes.Ok;
        }
    }

    private static void Print(Checkout checkout, MeshPorts ports, Screen screen)
    {
        Screen.WriteLine();
        screen.Out.Write(EndpointTable(ports));
        Screen.WriteLine();
        Screen.WriteLine("Try it, through the edge sidecar:");
        Screen.WriteLine("  " + ProbeLine(checkout, ports));
        Screen.WriteLine();
        Screen.WriteLine("The mesh is up. Ctrl-C stops it.");
    }

    private static Table EndpointTable(MeshPorts ports)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            "App", "Service (gRPC)", "Sidecar (gRPC)", "Sidecar (HTTP)");
        foreach (var app in MeshApps.Sidecars)
        {
            var service = app == MeshApps.Edge ? "-" : Address(ports.Service(app));
            table.AddRow(app, service, Address(ports.SidecarGrpc(app)), Address(ports.SidecarHttp(app)));
        }

        table.AddRow("PostgreSQL", Address(ports.Postgres), "-", "-");
        table.AddRow("Redis", Address(ports.Redis), "-", "-");
        return table;
    }

    // Without "http://", so that four columns fit a terminal of 80.
    private static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    /// <summary>A command to copy and paste; it works from where <c>./social up</c> was called.</summary>
    internal static string ProbeLine(Checkout checkout, MeshPorts ports)
    {
        var protos = Native.RealPath(Environment.CurrentDirectory) == Native.RealPath(checkout.Root)
            ? "protos"
            : $"'{checkout.ProtosDirectory}'";
        return $"npx --yes @bufbuild/buf curl --protocol grpc --http2-prior-knowledge --schema {protos} "
            + $"-H 'dapr-app-id: {MeshApps.Users}' -d '{{\"handle\":\"ada\",\"display_name\":\"Ada\"}}' "
            + $"http://127.0.0.1:{ports.SidecarGrpc(MeshApps.Edge)}/daprsocial.users.v1.UserService/CreateUser";
    }
}
