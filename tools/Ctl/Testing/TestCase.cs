namespace DaprSocial.Ctl.Testing;

/// <param name="Message">Why it failed or was skipped; empty when it passed.</param>
/// <param name="Stack">Empty unless it failed.</param>
/// <param name="Output">What the test itself printed.</param>
internal sealed record TestCase(
    string Name, TestOutcome Outcome, TimeSpan Duration, string Message = "", string Stack = "", string Output = "");
