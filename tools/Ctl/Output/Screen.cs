using System.Text.Json;
using Spectre.Console;

namespace DaprSocial.Ctl.Output;

/// <summary>
/// Where a command prints: results to standard output, errors to standard error, progress as befits both.
/// </summary>
internal sealed class Screen
{
    // Wide enough that no endpoint and no folder is wrapped in a log.
    private const int PlainWidth = 200;

    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public Screen()
    {
        Out = Create(Console.Out, Console.IsOutputRedirected);
        Error = Create(Console.Error, Console.IsErrorRedirected);
    }

    public IAnsiConsole Out { get; }

    public IAnsiConsole Error { get; }

    /// <param name="json">
    /// Standard output then belongs to the machine that reads it; progress goes to standard error.
    /// </param>
    public IProgressReport Progress(bool json = false)
    {
        if (json)
            return Console.IsErrorRedirected ? new PlainProgress(Console.Error) : new TerminalProgress(Error);
        return Console.IsOutputRedirected ? new PlainProgress(Console.Out) : new TerminalProgress(Out);
    }

    /// <summary>A line as it is: never wrapped, so that it can be copied and pasted.</summary>
    public static void WriteLine(string line = "") => Console.Out.WriteLine(line);

    /// <summary>One JSON document, for machines.</summary>
    public static void WriteJson(object document) => WriteLine(JsonSerializer.Serialize(document, _json));

    public static void WriteError(string message, string nextStep)
    {
        Console.Error.WriteLine($"error: {message}");
        if (nextStep.Length > 0)
            Console.Error.WriteLine($"  {nextStep}");
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (redirected)
            console.Profile.Width = PlainWidth;
        return console;
    }
}
