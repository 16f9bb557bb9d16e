namespace DaprSocial.Ctl.Processes;

/// <summary>The signals we send, by their Linux numbers.</summary>
internal enum Signal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
}
