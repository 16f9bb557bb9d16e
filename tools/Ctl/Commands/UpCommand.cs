using System.CommandLine;
using System.Globalization;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;
using DaprSocial.Ctl.Verification;
using DaprSocial.Verify;
using Spectre.Console;

namespace DaprSocial.Ctl.Commands;

/// <summary><c>up</c>: runs the mesh in the foreground until Ctrl-C.</summary>
internal static class UpCommand
{
    private const int VerifySecondsDefault = 60;
    private const int VerifySecondsMax = 86_400;

    public static Command Create(Screen screen)
    {
        var portBase = SharedOptions.PortBase();
        var data = SharedOptions.Data();
        var roles = new Option<string?>("--roles")
        {
            Description = $"What the services do, comma-separated (default {MeshRoles.All})",
            HelpName = "LIST",
        };
        var verifySeconds = new Option<int>("--verify-seconds")
        {
            Description = "Verify a sample of what is derived every N seconds; 0 never does",
            HelpName = "N",
            DefaultValueFactory = _ => VerifySecondsDefault,
        };
        var command = new Command("up", "Start stores, sidecars and services; Ctrl-C stops them all")
        {
            portBase, roles, data, verifySeconds,
        };
        command.SetAction((arguments, _) => RunAsync(
            Checkout.Locate(arguments.GetValue(data)),
            MeshPorts.Choose(arguments.GetValue(portBase)),
            MeshRoles.Parse(arguments.GetValue(roles)),
            Checked(arguments.GetValue(verifySeconds)),
            screen));
        return command;
    }

    private static async Task<int> RunAsync(
        Checkout checkout, MeshPorts ports, string roles, TimeSpan verifyPeriod, Screen screen)
    {
        using var signals = new ShutdownSignals();
        await using var mesh = await LocalMesh.StartNewAsync(
            checkout, ports, roles, startedBy: "up", screen.Progress(), signals);
        Print(ports, screen);
        var verification = new VerifyOptions
        {
            PostgresConnectionString = mesh.PostgresConnectionString,
            EdgeAddress = MeshRoles.HasQueries(roles) ? ports.SidecarGrpcAddress(MeshApps.Edge) : null,
        };
        await using var timer = verifyPeriod == TimeSpan.Zero
            ? null
            : VerifyTimer.Start(
                verification, verifyPeriod, new VerifyStateFile(checkout.DataDirectory), Screen.WriteLine);
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

    private static TimeSpan Checked(int verifySeconds) => verifySeconds is >= 0 and <= VerifySecondsMax
        ? TimeSpan.FromSeconds(verifySeconds)
        : throw new CtlException(
            $"--verify-seconds {verifySeconds} is out of range.", $"Choose 0 to {VerifySecondsMax}.", ExitCodes.Usage);

    private static void Print(MeshPorts ports, Screen screen)
    {
        Screen.WriteLine();
        screen.Out.Write(EndpointTable(ports));
        Screen.WriteLine();
        Screen.WriteLine("Try it, through the edge sidecar:");
        Screen.WriteLine("  " + ProbeLine(ports));
        Screen.WriteLine();
        Screen.WriteLine("The mesh is up. Ctrl-C stops it.");
    }

    private static Table EndpointTable(MeshPorts ports)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            "App", "Service", "gRPC-Web", "Sidecar", "Sidecar, HTTP");
        foreach (var column in table.Columns)
            column.Padding(0, 2);
        foreach (var app in MeshApps.Sidecars)
        {
            var service = app == MeshApps.Edge ? "-" : Address(ports.Service(app));
            var web = app == MeshApps.Edge ? "-" : Address(ports.ServiceWeb(app));
            table.AddRow(app, service, web, Address(ports.SidecarGrpc(app)), Address(ports.SidecarHttp(app)));
        }

        foreach (var app in MeshApps.WithHttp)
            table.AddRow($"{app}, HTTP", Address(ports.ServiceHttp(app)), "-", "-", "-");
        table.AddRow("PostgreSQL", Address(ports.Postgres), "-", "-", "-");
        table.AddRow("Redis", Address(ports.Redis), "-", "-", "-");
        return table;
    }

    // Without "http://", so that five columns fit a terminal of 80.
    private static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    /// <summary>A command to copy and paste; it works anywhere, because the services tell what they offer.</summary>
    internal static string ProbeLine(MeshPorts ports) =>
        "npx --yes @bufbuild/buf curl --protocol grpc --http2-prior-knowledge --reflect-header '*' "
        + $"-H 'dapr-app-id: {MeshApps.Users}' -d '{{\"handle\":\"ada\",\"display_name\":\"Ada\"}}' "
        + $"http://127.0.0.1:{ports.SidecarGrpc(MeshApps.Edge)}/daprsocial.users.v1.UserService/CreateUser";
}
