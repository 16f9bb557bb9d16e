using System.CommandLine;

namespace DaprSocial.Ctl.Commands;

/// <summary>Options that several commands have, made anew for each because an option belongs to one command.</summary>
internal static class SharedOptions
{
    public static Option<int?> PortBase() => new("--port-base")
    {
        Description = "Base of all ports: services +1, sidecars +100 and +200, stores +301 "
            + "(default 5100, or DAPRSOCIAL_PORT_BASE)",
        HelpName = "N",
    };

    public static Option<string?> Data() => new("--data")
    {
        Description = "Folder of databases and state (default .data of the checkout, or DAPRSOCIAL_DATA)",
        HelpName = "DIR",
    };

    public static Option<bool> Json(string description) => new("--json") { Description = description };
}
