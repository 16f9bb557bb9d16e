using System.CommandLine;
using DaprSocial.Bench;
using DaprSocial.Bench.Searching;
using DaprSocial.Ctl.Demo;
using DaprSocial.Ctl.GrpcBench;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;
using DaprSocial.Ctl.Searching;

namespace DaprSocial.Ctl.Commands;

/// <summary><c>bench</c>: figures of this machine, each beside a peer in the same run.</summary>
internal static class BenchCommand
{
    private const int WriterCountMax = 256;
    private const int SecondsMax = 600;
    private const int IndexedPostsMin = 1_000;
    private const int IndexedPostsMax = 5_000_000;

    public static Command Create(Screen screen) => new(
        "bench", "Measure writes, searches, gRPC, or reading a whole event log")
    {
        CreateWrites(screen), CreateReplay(screen), CreateSearch(screen), CreateGrpc(screen),
    };

    private static Command CreateWrites(Screen screen)
    {
        var defaults = new WriteBenchOptions();
        var writers = new Option<int>("--writers")
        {
            Description = $"Concurrent writers, 1 to {WriterCountMax}",
            HelpName = "N",
            DefaultValueFactory = _ => defaults.WriterCount,
        };
        var seconds = new Option<int>("--seconds")
        {
            Description = $"How long to measure each way of writing, 1 to {SecondsMax}",
            HelpName = "N",
            DefaultValueFactory = _ => (int)defaults.Duration.TotalSeconds,
        };
        var json = SharedOptions.Json("Print the report as one JSON document");
        var portBase = SharedOptions.PortBase();
        var data = SharedOptions.Data();
        var command = new Command("writes", "CreatePost beside a bare insert of the same row; the posts stay")
        {
            writers, seconds, json, portBase, data,
        };
        command.SetAction((arguments, _) =>
        {
            var options = new WriteBenchOptions
            {
                WriterCount = Between(1, WriterCountMax, arguments.GetValue(writers), "--writers"),
                Duration = TimeSpan.FromSeconds(Between(1, SecondsMax, arguments.GetValue(seconds), "--seconds")),
            };
            var session = new Session(
                Checkout.Locate(arguments.GetValue(data)), arguments.GetValue(portBase), arguments.GetValue(json));
            return session.RunAsync(
                screen,
                "bench writes",
                (target, progress, token) => WriteBench.RunAsync(target, options, progress, token),
                report => report.ToJson(),
                report => report.WriteText(Console.Out));
        });
        return command;
    }

    private static Command CreateReplay(Screen screen)
    {
        var json = SharedOptions.Json("Print the report as one JSON document");
        var portBase = SharedOptions.PortBase();
        var data = SharedOptions.Data();
        var command = new Command("replay", "Read the whole event log of Posts; writes posts that it lacks")
        {
            json, portBase, data,
        };
        command.SetAction((arguments, _) =>
        {
            var session = new Session(
                Checkout.Locate(arguments.GetValue(data)), arguments.GetValue(portBase), arguments.GetValue(json));
            return session.RunAsync(
                screen, "bench replay", ReplayBench.RunAsync, report => report.ToJson(),
                report => report.WriteText(Console.Out));
        });
        return command;
    }

    private static Command CreateSearch(Screen screen)
    {
        var defaults = new SearchBenchOptions();
        var posts = new Option<int>("--posts")
        {
            Description = $"Posts in the index, {IndexedPostsMin} to {IndexedPostsMax}",
            HelpName = "N",
            DefaultValueFactory = _ => defaults.PostCount,
        };
        var texts = new Option<string?>("--texts")
        {
            Description = "Texts to make posts of, one {\"lang\",\"text\"} a line (default: generated ones)",
            HelpName = "FILE",
        };
        var json = SharedOptions.Json("Print the report as one JSON document");
        var portBase = SharedOptions.PortBase();
        var data = SharedOptions.Data();
        var command = new Command("search", "The index of Search beside a plain tsvector query; nothing stays")
        {
            posts, texts, json, portBase, data,
        };
        command.SetAction((arguments, _) =>
        {
            var options = new SearchBenchOptions
            {
                PostCount = Between(IndexedPostsMin, IndexedPostsMax, arguments.GetValue(posts), "--posts"),
                TextsFile = arguments.GetValue(texts),
            };
            var session = new Session(
                Checkout.Locate(arguments.GetValue(data)), arguments.GetValue(portBase), arguments.GetValue(json));
            return session.RunAsync(
                screen, "bench search",
                async (target, progress, token) =>
                {
                    var database = target.PostgresConnectionString;
                    await using var index = await SearchIndexTarget.CreateAsync(database, token);
                    return await SearchBench.RunAsync(index, database, options, progress, token);
                },
                report => report.ToJson(), report => report.WriteText(Console.Out));
        });
        return command;
    }

    private static Command CreateGrpc(Screen screen)
    {
        var json = SharedOptions.Json("Print the report as one JSON document");
        var data = SharedOptions.Data();
        var command = new Command("grpc", "Our gRPC server beside Kestrel alone, gRPC for C++ and for Node.js; no mesh")
        {
            json, data,
        };
        command.SetAction((arguments, token) => RunGrpcAsync(
            Checkout.Locate(arguments.GetValue(data)), arguments.GetValue(json), screen, token));
        return command;
    }

    private static async Task<int> RunGrpcAsync(
        Checkout checkout, bool json, Screen screen, CancellationToken cancellationToken)
    {
        var progress = screen.Progress(json);
        var peers = new EchoPeers(checkout, progress);
        var made = await peers.MakeAsync(cancellationToken);
        try
        {
            var report = await progress.StepAsync("bench grpc", say => DaprSocial.Bench.Grpc.GrpcBench.RunAsync(
                made, peers.Missing, new StageProgress(progress, say), cancellationToken));
            if (json)
                Screen.WriteLine(report.ToJson());
            else
                report.WriteText(Console.Out);
            return ExitCodes.Ok;
        }
        catch (BenchException exception)
        {
            throw new CtlException(exception.Message, "Try again when the machine has less to do.");
        }
    }

    private static int Between(int min, int max, int value, string option) => value >= min && value <= max
        ? value
        : throw new CtlException(
            $"{option} {value} is out of range.", $"Choose {min} to {max}.", ExitCodes.Usage);

    private sealed record Session(Checkout Checkout, int? PortBase, bool Json)
    {
        public async Task<int> RunAsync<TReport>(
            Screen screen,
            string title,
            Func<BenchTarget, StageProgress, CancellationToken, Task<TReport>> runAsync,
            Func<TReport, string> toJson,
            Action<TReport> writeText)
        {
            var progress = screen.Progress(Json);
            using var signals = new ShutdownSignals();
            await using var mesh = await MeshSession.OpenAsync(Checkout, PortBase, "bench", progress, signals);
            var target = new BenchTarget(
                mesh.Ports.SidecarGrpcAddress(MeshApps.Edge),
                MeshApps.Services.ToDictionary(app => app, mesh.Ports.ServiceAddress),
                mesh.PostgresConnectionString,
                mesh.ProcessId);
            try
            {
                var report = await progress.StepAsync(
                    title, say => runAsync(target, new StageProgress(progress, say), signals.Token));
                if (Json)
                    Screen.WriteLine(toJson(report));
                else
                    writeText(report);
                return ExitCodes.Ok;
            }
            catch (BenchException exception)
            {
                throw new CtlException(exception.Message, "./social status shows which part does not answer.");
            }
        }
    }
}
