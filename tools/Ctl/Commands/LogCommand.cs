using System.CommandLine;
using DaprSocial.Ctl.Mesh;
using DaprSocial.Ctl.Output;

namespace DaprSocial.Ctl.Commands;

/// <summary><c>ctl log</c>: what is done to the event log of a command service.</summary>
internal static class LogCommand
{
    private static readonly string[] _owners = [MeshApps.Users, MeshApps.Posts, MeshApps.Graph, MeshApps.Media];

    public static Command Create(Screen screen) => new("log", "Put an event log right after a restore")
    {
        CreateNewId(screen),
    };

    private static Command CreateNewId(Screen screen)
    {
        var service = new Argument<string>("service")
        {
            Description = $"Whose log: {string.Join(", ", _owners)}",
        }.AcceptOnlyFromAmong(_owners);
        return new Command("new-id", "After a restore from a backup: end all tokens and projections of the log before")
        {
            service,
        }.On(screen, async (arguments, projections, _, cancellationToken) =>
        {
            var name = arguments.GetValue(service)!;
            var (before, now) = await projections.RenewLogIdAsync(name, cancellationToken);
            Screen.WriteLine($"the log of {name} was {before} and is {now}");
            Screen.WriteLine(
                "Tokens of before are refused with LOG_CHANGED. Now rebuild what is derived from it, then flip to it:\n"
                + "  ./social ctl projection rebuild --no-flip");
            return ExitCodes.Ok;
        });
    }
}
