namespace DaprSocial.Tidy.Tests.Rules;

public sealed class MachineTracesTests
{
    // Put together at run time: this file must keep the rule, too.
    private const string Slashes = ":/" + "/";

    [Theory]
    [InlineData("https" + Slashes + "api.nuget.org/v3/index.json")]
    [InlineData("\"resolved\": \"https" + Slashes + "registry.npmjs.org/a\"")]
    [InlineData("deb http" + Slashes + "deb.debian.org/debian bookworm main")]
    [InlineData("cd /" + "work/main")]
    [InlineData("path=\"/" + "home/ada/a\"")]
    public void Check_TraceOfAMachine_IsFound(string text) =>
        Assert.Single(MachineTraces.Check(new SourceFile("a.md", text)));

    [Theory]
    [InlineData("https" + Slashes + "keepachangelog.com/en/1.1.0/")]
    [InlineData("NuGet, npm and Debian are names.")]
    [InlineData("the.frame/" + "work/of things")]
    [InlineData("timeline:home:{user}")]
    [InlineData("{root}/" + "home/x")]
    public void Check_NoTrace_FindsNothing(string text) =>
        Assert.Empty(MachineTraces.Check(new SourceFile("a.md", text)));
}
