using System.CommandLine;
using DaprSocial.Ctl.Demo;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;
using DaprSocial.Load;

namespace DaprSocial.Ctl.Commands;

/// <summary><c>demo</c>: a real run, every answer of which is checked.</summary>
internal static class DemoCommand
{
    private const int DefaultSeed = 1;

    public static Command Create(Screen screen)
    {
        var graph = new Option<string?>("--graph") { Description = "Edge list, 'a b' per line (default: a generated graph)", HelpName = "FILE" };
        var posts = new Option<string?>("--posts") { Description = "Texts to post (default: generated ones)", HelpName = "FILE" };
        var seed = new Option<int>("--seed")
        {
            Description = "Key of the run: the same one again creates nothing and checks the same state",
            HelpName = "N",
            DefaultValueFactory = static _ => DefaultSeed,
        };
        var postCount = new Option<int?>("--post-count") { Description = "How many posts to write", HelpName = "N" };
        var json = SharedOptions.Json("Print the report as one JSON document");
        var portBase = SharedOptions.PortBase();
        var data = SharedOptions.Data();
        var command = new Command("demo", "Load a graph and posts, then check every timeline and count")
        {
            graph, posts, seed, postCount, json, portBase, data,
        };
        command.SetAction((arguments, _) => RunAsync(
            new Arguments(
                Existing(arguments.GetValue(graph)),
                Existing(arguments.GetValue(posts)),
                arguments.GetValue(seed),
                AtLeastOne(arguments.GetValue(postCount)),
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
        await using var mesh = await MeshSession.OpenAsync(checkout, portBase, startedBy: "demo", progress, signals);
        var options = new DemoOptions
        {
            EdgeAddress = mesh.Ports.SidecarGrpcAddress(MeshApps.Edge),
            MediaAddress = mesh.Ports.ServiceHttpAddress(MeshApps.Media),
            PostgresConnectionString = mesh.PostgresConnectionString,
            GraphFile = arguments.GraphFile,
            PostsFile = arguments.PostsFile,
            Seed = arguments.Seed,
        };
        options = options with { PostCount = arguments.PostCount ?? options.PostCount };
        var report = await RunAsync(options, progress, signals.Token);
        if (arguments.Json)
            await Console.Out.WriteLineAsync(report.ToJson());
        else
            report.WriteText(Console.Out);
        return report.ExitCode;
    }

    private static async Task<DemoReport> RunAsync(
        DemoOptions options, IProgressReport progress, CancellationToken cancellationToken)
    {
        try
        {
            return await progress.StepAsync(
                "demo",
                say => DemoRunner.RunAsync(options, new StageProgress(progress, say), cancellationToken));
        }
        catch (InputException exception)
        {
            throw new CtlException(exception.Message, "Nothing was sent. Mend the file, or leave the option out.", ExitCodes.Usage);
        }
        catch (DemoException exception)
        {
            throw new CtlException(exception.Message, "The same command again goes on where this one stopped.");
        }
    }

    // Before the mesh starts: a mistyped name should not cost half a minute.
    private static string? Existing(string? path) => path is null || File.Exists(path)
        ? path
        : throw new CtlException($"There is no file {path}.", "Check the name.", ExitCodes.Usage);

    private static int? AtLeastOne(int? count) => count is null or > 0
        ? count
        : throw new CtlException($"--post-count {count} is less than one.", "Leave it out for the default.", ExitCodes.Usage);

    private sealed record Arguments(string? GraphFile, string? PostsFile, int Seed, int? PostCount, bool Json);
}
