using System.CommandLine;
using System.Globalization;
using DaprSocial.Ctl.Output;
using Microsoft.AspNetCore.Connections;
using Npgsql;

namespace DaprSocial.Ctl.Commands;

/// <summary>The whole command line: parses, runs, and turns what goes wrong into a message and an exit code.</summary>
internal static class CommandLine
{
    private const string Description = """
        DaprSocial: a social-media backend of gRPC services that talk through Dapr sidecars.

        Exit codes: 0 done; 1 failed; 2 wrong usage; 3 an answer is not right, or a promise broke;
        130 stopped by hand before it was done. Errors go to standard error and say what to do next.
        """;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = CreateRoot(new Screen());
        var parsed = root.Parse(arguments.Length == 0 ? ["--help"] : arguments);
        if (parsed.Errors.Count > 0)
        {
            var help = parsed.CommandResult.Command is RootCommand ? "" : " " + parsed.CommandResult.Command.Name;
            Screen.WriteError(Explain(parsed), $"See ./social help{help}.");
            return ExitCodes.Usage;
        }

        try
        {
            // The library's own signal handling gives a command two seconds to end; stopping in order takes longer.
            using var help = new StringWriter(CultureInfo.InvariantCulture);
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = help,
            };
            var exitCode = await parsed.InvokeAsync(configuration);

            // The library knows the program by its assembly, the caller by the script.
            Console.Out.Write(
                help.ToString().Replace(RootCommand.ExecutableName, "./social", StringComparison.Ordinal));
            return exitCode;
        }
        catch (CtlException e)
        {
            Screen.WriteError(e.Message, e.NextStep);
            return e.ExitCode;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            Screen.WriteError(e.Message, "Another process took the port just now; try again.");
            return ExitCodes.Failure;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NpgsqlException)
        {
            Screen.WriteError(
                e.Message, "Check the disk and the rights of the data folder; ./social status shows what runs.");
            return ExitCodes.Failure;
        }
        catch (OperationCanceledException)
        {
            Screen.WriteError("stopped before it was done.", "");
            return ExitCodes.Interrupted;
        }
    }

    private static string Explain(ParseResult parsed)
    {
        if (parsed.CommandResult.Command is RootCommand && parsed.UnmatchedTokens.Count > 0)
            return $"There is no command {parsed.UnmatchedTokens[0]}.";
        var messages = parsed.Errors.Select(static error => error.Message.Replace(
            "as expected type 'System.Nullable`1[System.Int32]'", "as a number", StringComparison.Ordinal));
        return string.Join('\n', messages);
    }

    private static RootCommand CreateRoot(Screen screen)
    {
        var root = new RootCommand(Description)
        {
            UpCommand.Create(screen),
            DownCommand.Create(screen),
            StatusCommand.Create(screen),
            DemoCommand.Create(screen),
            BenchCommand.Create(screen),
            CtlCommand.Create(screen),
            FaultsCommand.Create(screen),
            TestCommand.Create(screen),
        };
        root.Add(CreateHelp(root));
        return root;
    }

    private static Command CreateHelp(RootCommand root)
    {
        var name = new Argument<string?>("command")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "The command to explain",
        };
        var help = new Command("help", "Show this, or what one command takes") { name };
        help.SetAction(arguments =>
        {
            var asked = arguments.GetValue(name);
            if (asked is not null && root.Subcommands.All(command => command.Name != asked))
                throw new CtlException($"There is no command {asked}.", "See ./social help.", ExitCodes.Usage);
            var configuration = new InvocationConfiguration { Output = arguments.InvocationConfiguration.Output };
            return root.Parse(asked is null ? ["--help"] : [asked, "--help"]).Invoke(configuration);
        });
        return help;
    }
}
