using System.CommandLine;
using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Processes;
using DaprSocial.Ctl.Testing;

namespace DaprSocial.Ctl.Commands;

/// <summary><c>test</c>: every suite, on private stores of its own.</summary>
internal static class TestCommand
{
    public static Command Create(Screen screen)
    {
        var full = new Option<bool>("--full") { Description = "Also the long tests (up to 40 minutes)" };
        var filter = new Option<string?>("--filter")
        {
            Description = "Only tests whose full name contains TEXT (or a filter expression of dotnet test)",
            HelpName = "TEXT",
        };
        var data = SharedOptions.Data();
        var command = new Command("test", "Build everything and run every suite; the last line counts")
        {
            full, filter, data,
        };
        command.SetAction((arguments, _) => RunAsync(
            new TestOptions(arguments.GetValue(full), arguments.GetValue(filter)),
            Checkout.Locate(arguments.GetValue(data)),
            screen));
        return command;
    }

    private static async Task<int> RunAsync(TestOptions options, Checkout checkout, Screen screen)
    {
        using var signals = new ShutdownSignals();
        var results = await new TestRun(checkout, options, screen.Progress(), signals).RunAsync();
        return TestReport.Print(results, Console.Out) ? ExitCodes.Ok : ExitCodes.Failure;
    }
}
