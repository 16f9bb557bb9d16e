using System.CommandLine;
using System.Globalization;
using DaprSocial.Ctl.Output;
using DaprSocial.Projections.V1;
using Spectre.Console;

namespace DaprSocial.Ctl.Commands;

/// <summary><c>ctl dlq</c>: deliveries that could not be decoded.</summary>
internal static class DeadLetterCommand
{
    private const int ShownLengthMax = 100;

    public static Command Create(Screen screen) => new("dlq", "Look at deliveries that could not be decoded")
    {
        CreateList(screen),
    };

    private static Command CreateList(Screen screen)
    {
        var service = CtlCommand.AnyService();
        var json = SharedOptions.Json("Print one JSON document, with the whole payloads");
        return new Command("list", "Show them, newest first") { service, json }
            .On(screen, async (arguments, projections, _, cancellationToken) =>
            {
                var rows = new List<(string Service, DeadLetter Letter)>();
                foreach (var name in CtlCommand.Services(arguments.GetValue(service)))
                {
                    var letters = await projections.ListDeadLettersAsync(name, cancellationToken);
                    rows.AddRange(letters.Select(letter => (name, letter)));
                }

                if (arguments.GetValue(json))
                    PrintJson(rows);
                else
                    Print(rows, screen);
                return ExitCodes.Ok;
            });
    }

    private static void Print(List<(string Service, DeadLetter Letter)> rows, Screen screen)
    {
        if (rows.Count == 0)
        {
            Screen.WriteLine("There is no dead letter.");
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Service", "Topic", "Came", "Reason", "Payload");
        foreach (var (service, letter) in rows)
        {
            table.AddRow(
                service, letter.Topic,
                letter.ReceiveTime.ToDateTimeOffset().ToString("u", CultureInfo.InvariantCulture),
                Markup.Escape(letter.Reason), Markup.Escape(Begin(letter)));
        }

        screen.Out.Write(table);
    }

    private static string Begin(DeadLetter letter)
    {
        // Control characters would move the terminal's cursor.
        var text = new string([.. letter.Payload.ToStringUtf8().Select(sign => char.IsControl(sign) ? ' ' : sign)]);
        return text.Length <= ShownLengthMax ? text : text[..ShownLengthMax] + "…";
    }

    private static void PrintJson(IEnumerable<(string Service, DeadLetter Letter)> rows) =>
        Screen.WriteJson(rows.Select(row => new
        {
            row.Service,
            row.Letter.Topic,
            ReceiveTime = row.Letter.ReceiveTime.ToDateTimeOffset(),
            row.Letter.Reason,
            PayloadBase64 = row.Letter.Payload.ToBase64(),
        }));
}
