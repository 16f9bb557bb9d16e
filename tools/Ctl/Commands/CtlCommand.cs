using System.CommandLine;
using DaprSocial.Ctl.Output;

namespace DaprSocial.Ctl.Commands;

/// <summary><c>ctl</c>: what an operator does to a mesh.</summary>
internal static class CtlCommand
{
    public static Command Create(Screen screen) => new("ctl", "Look after a mesh: verify what it derives, erase a user")
    {
        VerifyCommand.Create(screen),
        EraseCommand.Create(screen),
    };
}
