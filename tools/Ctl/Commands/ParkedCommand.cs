using System.CommandLine;
using System.Globalization;
using DaprSocial.Ctl.Output;
using DaprSocial.Projections.V1;
using Spectre.Console;

namespace DaprSocial.Ctl.Commands;

/// <summary><c>ctl parked</c>: streams that stopped at an event that keeps failing.</summary>
internal static class ParkedCommand
{
    public static Command Create(Screen screen) => new(
        "parked", "Free streams that stopped at an event that keeps failing")
    {
        CreateList(screen), CreateRetry(screen), CreateSkip(screen),
    };

    private static Command CreateList(Screen screen)
    {
        var service = CtlCommand.AnyService();
        var json = SharedOptions.Json("Print one JSON document");
        return new Command("list", "Show parked streams, the event that each stopped at, and why") { service, json }
            .On(screen, async (arguments, projections, _, cancellationToken) =>
            {
                var rows = new List<(string Service, ParkedStream Stream)>();
                foreach (var name in CtlCommand.Services(arguments.GetValue(service)))
                {
                    var answer = await projections.ListParkedAsync(name, cancellationToken);
                    rows.AddRange(answer.Streams.Select(stream => (name, stream)));
                    if (answer.TotalCount > answer.Streams.Count)
                        Console.Error.WriteLine($"{name}: {answer.Streams.Count} of {answer.TotalCount} are shown");
                }

                if (arguments.GetValue(json))
                    PrintJson(rows);
                else
                    Print(rows, screen);
                return ExitCodes.Ok;
            });
    }

    private static Command CreateRetry(Screen screen)
    {
        var service = CtlCommand.Service();
        var topic = Topic();
        var stream = Stream();
        return new Command(
            "retry", "Try again from the event that the stream stopped at; exit code 3 if it parks again")
        {
            service, topic, stream,
        }.On(screen, async (arguments, projections, _, cancellationToken) => Print(await projections.RetryAsync(
            arguments.GetValue(service)!, arguments.GetValue(topic)!,
            arguments.GetValue(stream)!, cancellationToken)));
    }

    private static Command CreateSkip(Screen screen)
    {
        var service = CtlCommand.Service();
        var topic = Topic();
        var stream = Stream();
        var version = new Argument<long>("version") { Description = "Version of the event that the stream stopped at" };
        return new Command(
            "skip", "Leave the event out for good and go on with the next; exit code 3 if it parks again")
        {
            service, topic, stream, version,
        }.On(screen, async (arguments, projections, _, cancellationToken) => Print(await projections.SkipAsync(
            arguments.GetValue(service)!, arguments.GetValue(topic)!,
            arguments.GetValue(stream)!, arguments.GetValue(version), cancellationToken)));
    }

    private static Argument<string> Topic() => new("topic") { Description = "As ./social ctl parked list shows it" };

    private static Argument<string> Stream() => new("stream") { Description = "As ./social ctl parked list shows it" };

    private static int Print(bool isParked)
    {
        Screen.WriteLine(isParked
            ? "The stream parked again. ./social ctl parked list shows where and why."
            : "The stream goes on.");
        return isParked ? ExitCodes.Violations : ExitCodes.Ok;
    }

    private static void Print(List<(string Service, ParkedStream Stream)> rows, Screen screen)
    {
        if (rows.Count == 0)
        {
            Screen.WriteLine("No stream is parked.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("Service", "Topic", "Stream", "Version", "Event", "Parked", "Reason");
        foreach (var (service, stream) in rows)
        {
            table.AddRow(
                service, stream.Topic, stream.Stream, stream.Version.ToString(CultureInfo.InvariantCulture),
                stream.Type, stream.ParkTime.ToDateTimeOffset().ToString("u", CultureInfo.InvariantCulture),
                Markup.Escape(stream.Reason));
        }

        screen.Out.Write(table);
    }

    private static void PrintJson(IEnumerable<(string Service, ParkedStream Stream)> rows) =>
        Screen.WriteJson(rows.Select(row => new
        {
            row.Service,
            row.Stream.Topic,
            row.Stream.Stream,
            row.Stream.Version,
            row.Stream.EventId,
            row.Stream.Type,
            ParkTime = row.Stream.ParkTime.ToDateTimeOffset(),
            row.Stream.Reason,
        }));
}
