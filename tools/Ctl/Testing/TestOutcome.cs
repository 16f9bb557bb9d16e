namespace DaprSocial.Ctl.Testing;

internal enum TestOutcome
{
    Passed,
    Failed,
    Skipped,
}
