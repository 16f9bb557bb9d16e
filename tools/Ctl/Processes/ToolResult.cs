namespace DaprSocial.Ctl.Processes;

/// <param name="Output">Standard output and error, in the order in which lines came.</param>
internal sealed record ToolResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The end of the output: where tools say why they failed.</summary>
    public string Tail(int lineCountMax) =>
        string.Join('\n', Output.TrimEnd().Split('\n').TakeLast(lineCountMax));
}
