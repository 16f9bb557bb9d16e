namespace DaprSocial.Ctl;

/// <summary>An expected failure: what is wrong, and what the reader can do next. Printed without a stack.</summary>
internal sealed class CtlException(string message, string nextStep, int exitCode = ExitCodes.Failure)
    : Exception(message)
{
    public string NextStep { get; } = nextStep;

    public int ExitCode { get; } = exitCode;
}
