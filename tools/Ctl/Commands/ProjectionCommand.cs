using System.CommandLine;
using System.Globalization;
using DaprSocial.Ctl.Operations;
using DaprSocial.Ctl.Output;
using DaprSocial.Projections.V1;
using Spectre.Console;

namespace DaprSocial.Ctl.Commands;

/// <summary><c>ctl projection</c>: lists, rebuilds, flips and drops versions of projections.</summary>
internal static class ProjectionCommand
{
    private const int ShownMax = 10;

    public static Command Create(Screen screen) => new("projection", "Rebuild what a service derives while it serves")
    {
        CreateList(screen), CreateRebuild(screen), CreateFlip(screen), CreateDrop(screen),
    };

    private static Command CreateList(Screen screen)
    {
        var service = CtlCommand.AnyService();
        var json = SharedOptions.Json("Print one JSON document");
        return new Command("list", "Show the versions of each projection and how far behind they are") { service, json }
            .On(screen, async (arguments, projections, _, cancellationToken) =>
            {
                var rows = new List<(string Service, ProjectionVersion Version)>();
                foreach (var name in CtlCommand.Services(arguments.GetValue(service)))
                {
                    foreach (var version in await projections.ListAsync(name, cancellationToken))
                        rows.Add((name, version));
                }

                if (arguments.GetValue(json))
                    PrintJson(rows);
                else
                    Print(rows, screen);
                return ExitCodes.Ok;
            });
    }

    private static Command CreateRebuild(Screen screen)
    {
        var service = CtlCommand.AnyService();
        var sample = new Option<int?>("--sample")
        {
            Description = "Compare about N rows of each table (default 1000)", HelpName = "N",
        };
        var all = new Option<bool>("--all") { Description = "Compare every row" };
        var noFlip = new Option<bool>("--no-flip") { Description = "Leave the version before answering" };
        var json = SharedOptions.Json("Print one JSON document");
        var command = new Command(
            "rebuild", "Build the next version from the logs, compare it, flip to it; exit code 3 if it differs")
        {
            service, sample, all, noFlip, json,
        };
        AddChecks(command, sample, all);
        return command.On(screen, async (arguments, projections, progress, cancellationToken) =>
        {
            var sampleSize = arguments.GetValue(all) ? -1 : arguments.GetValue(sample) ?? 0;
            var outcomes = new List<RebuildOutcome>();
            foreach (var name in CtlCommand.Services(arguments.GetValue(service)))
            {
                var outcome = await progress.StepAsync($"rebuild {name}", say => projections.RebuildAsync(
                    name, sampleSize, !arguments.GetValue(noFlip), say, cancellationToken));
                outcomes.Add(outcome);
                if (!arguments.GetValue(json))
                    Print(outcome);
            }

            if (arguments.GetValue(json))
                PrintJson(outcomes);
            return outcomes.All(outcome => outcome.Comparison.DifferenceCount == 0)
                ? ExitCodes.Ok
                : ExitCodes.Violations;
        });
    }

    private static Command CreateFlip(Screen screen)
    {
        var service = CtlCommand.Service();
        var version = Version("The version that is to answer; the other one by default");
        return new Command("flip", "Make another version answer; the one before stays fed, so this can be undone")
        {
            service, version,
        }.On(screen, async (arguments, projections, _, cancellationToken) =>
        {
            var name = arguments.GetValue(service)!;
            var chosen = arguments.GetValue(version) ?? await OtherAsync(projections, name, cancellationToken);
            await projections.FlipAsync(name, chosen, cancellationToken);
            Screen.WriteLine($"version {chosen} of {name} answers now");
            return ExitCodes.Ok;
        });
    }

    private static Command CreateDrop(Screen screen)
    {
        var service = CtlCommand.Service();
        var version = Version("The version to drop; the one that does not answer by default");
        return new Command("drop", "Remove a version that does not answer, with its tables") { service, version }
            .On(screen, async (arguments, projections, progress, cancellationToken) =>
            {
                var name = arguments.GetValue(service)!;
                var chosen = arguments.GetValue(version) ?? await OtherAsync(projections, name, cancellationToken);
                await progress.StepAsync(
                    $"drop version {chosen} of {name}", _ => projections.DropAsync(name, chosen, cancellationToken));
                return ExitCodes.Ok;
            });
    }

    private static Argument<int?> Version(string description) =>
        new("version") { Description = description, Arity = ArgumentArity.ZeroOrOne };

    private static void AddChecks(Command command, Option<int?> sample, Option<bool> all) =>
        command.Validators.Add(result =>
        {
            if (result.GetValue(sample) is <= 0)
                result.AddError("--sample must be 1 or more.");
            if (result.GetValue(sample) is not null && result.GetValue(all))
                result.AddError("--sample and --all exclude each other.");
        });

    private static async Task<int> OtherAsync(
        ProjectionOperator projections, string service, CancellationToken cancellationToken)
    {
        var others = (await projections.ListAsync(service, cancellationToken))
            .Where(version => version.State != ProjectionState.Active).ToList();
        return others.Count == 1
            ? others[0].Version
            : throw new CtlException(
                $"The projection of {service} has no other version.",
                $"Build one: ./social ctl projection rebuild {service}");
    }

    private static void Print(RebuildOutcome outcome)
    {
        var comparison = outcome.Comparison;
        var rate = outcome.EventCount / Math.Max(0.001, outcome.Elapsed.TotalSeconds);
        Screen.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"    version {outcome.Version} of {outcome.Service}: {outcome.EventCount:n0} events in "
            + $"{Elapsed.Text(outcome.Elapsed)} ({rate:n0}/s), {comparison.RowCount:n0} rows compared, "
            + $"{comparison.DifferenceCount:n0} differ"));
        foreach (var difference in comparison.Differences.Take(ShownMax))
        {
            Screen.WriteLine($"      {difference.Table} {difference.Key}");
            Screen.WriteLine($"        active  {Row(difference.ActiveRow)}");
            Screen.WriteLine($"        rebuilt {Row(difference.OtherRow)}");
        }

        Screen.WriteLine(outcome.HasFlipped
            ? $"    it answers now; back: ./social ctl projection flip {outcome.Service}; "
                + $"drop the one before: ./social ctl projection drop {outcome.Service}"
            : $"    it does not answer yet: ./social ctl projection flip {outcome.Service}, or drop {outcome.Service}");
    }

    private static string Row(string json) => json.Length == 0 ? "(no row)" : json;

    private static void Print(IEnumerable<(string Service, ProjectionVersion Version)> rows, Screen screen)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("Service", "Version", "State", "Begun", "Missing events", "Lag", "Parked streams", "Note");
        foreach (var (service, version) in rows)
        {
            table.AddRow(
                service, Number(version.Version), NameOf(version.State),
                version.CreateTime.ToDateTimeOffset().ToString("u", CultureInfo.InvariantCulture),
                Number(version.Sources.Sum(source => source.MissingEventCount)),
                Elapsed.Text(LagOf(version)), Number(version.ParkedStreamCount),
                version.Sources.Any(source => source.IsLogChanged) ? "[red]log changed: rebuild[/]" : "");
        }

        screen.Out.Write(table);
    }

    private static void PrintJson(IEnumerable<(string Service, ProjectionVersion Version)> rows) =>
        Screen.WriteJson(rows.Select(row => new
        {
            row.Service,
            row.Version.Version,
            State = NameOf(row.Version.State),
            CreateTime = row.Version.CreateTime.ToDateTimeOffset(),
            row.Version.ParkedStreamCount,
            Sources = row.Version.Sources.Select(source => new
            {
                source.AppId,
                source.MissingEventCount,
                LagSeconds = source.Lag.ToTimeSpan().TotalSeconds,
                source.IsLogChanged,
            }),
        }));

    private static void PrintJson(IEnumerable<RebuildOutcome> outcomes) =>
        Screen.WriteJson(outcomes.Select(outcome => new
        {
            outcome.Service,
            outcome.Version,
            outcome.EventCount,
            ElapsedSeconds = outcome.Elapsed.TotalSeconds,
            outcome.Comparison.RowCount,
            outcome.Comparison.DifferenceCount,
            outcome.HasFlipped,
            Differences = outcome.Comparison.Differences.Select(
                row => new { row.Table, row.Key, row.ActiveRow, row.OtherRow }),
        }));

    private static TimeSpan LagOf(ProjectionVersion version) =>
        version.Sources.Select(source => source.Lag.ToTimeSpan()).DefaultIfEmpty().Max();

    private static string NameOf(ProjectionState state) => state.ToString().ToLowerInvariant();

    private static string Number(long number) => number.ToString("n0", CultureInfo.InvariantCulture);
}
