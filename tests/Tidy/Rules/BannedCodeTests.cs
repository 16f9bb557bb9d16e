namespace DaprSocial.Tidy.Tests.Rules;

public sealed class BannedCodeTests
{
    private const string Service = "services/Posts/A.cs";
    private const string Test = "tests/Posts/ATests.cs";

    [Theory]
    [InlineData("var t = DateTime.UtcNow;", "TimeProvider")]
    [InlineData("var t = DateTimeOffset.UtcNow;", "TimeProvider")]
    [InlineData("var t = DateTime.Now;", "TimeProvider")]
    [InlineData("var r = task.Result;", "await")]
    [InlineData("task.Wait();", "await")]
    [InlineData("gate.Wait(token);", "await")]
    [InlineData("task.GetAwaiter().GetResult();", "await")]
    [InlineData("Thread.Sleep(1);", "wait for what")]
    [InlineData("#region Fields", "type or a file")]
    [InlineData("dynamic x = 1;", "name the type")]
    [InlineData("void M(IServiceProvider p) { }", "inject")]
    [InlineData("Console.WriteLine(1);", "TextWriter")]
    [InlineData("AnsiConsole.Write(1);", "TextWriter")]
    [InlineData("Task M(CancellationToken cancellationToken = default);", "required last")]
    [InlineData("Task M(CancellationToken ct = default(CancellationToken));", "required last")]
    [InlineData("var id = Guid.NewGuid();", "platform/Identifiers")]
    [InlineData("async void M() { }", "Task")]
    [InlineData("var s = $\"{DateTime.UtcNow}\";", "TimeProvider")]
    public void Check_BannedWord_NamesTheReplacement(string code, string replacement)
    {
        var finding = Assert.Single(BannedCode.Check(new SourceFile(Service, "// one\n" + code)));

        Assert.Equal(2, finding.Line);
        Assert.Contains(replacement, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("// DateTime.UtcNow, Thread.Sleep, async void")]
    [InlineData("/* dynamic */")]
    [InlineData("var s = \"DateTime.UtcNow\";")]
    [InlineData("var s = @\"Console.\"; var t = \"\"\"Guid.NewGuid()\"\"\";")]
    [InlineData("var s = $\"Thread.Sleep {x} .Result\";")]
    [InlineData("var r = x.Results; y.ResultCount = 1; z.Result();")]
    [InlineData("await gate.WaitAsync(token); process.WaitForExit();")]
    [InlineData("var t = clock.GetUtcNow(); var d = DateTime.UnixEpoch;")]
    [InlineData("await Task.Delay(delay, clock, token);")]
    [InlineData("Task M(CancellationToken cancellationToken);")]
    [InlineData("var d = default(CancellationToken);")]
    public void Check_CommentStringOrLookalike_FindsNothing(string code) =>
        Assert.Empty(BannedCode.Check(new SourceFile(Service, code)));

    [Fact]
    public void Check_SleepInATest_IsFound() =>
        Assert.Single(BannedCode.Check(new SourceFile(Test, "await Task.Delay(100);")));

    [Theory]
    [InlineData(Test, "var id = Guid.NewGuid();")]
    [InlineData(Test, "await Task.Delay(Timeout.InfiniteTimeSpan, token);")]
    [InlineData("platform/Identifiers/Ids.cs", "var id = Guid.CreateVersion7();")]
    [InlineData("tools/Sidecar/PubSub/A.cs", "var id = Guid.NewGuid();")]
    [InlineData("services/Posts/PostsModule.cs", "void M(IServiceProvider p) { }")]
    [InlineData("services/Posts/Program.cs", "void M(IServiceProvider p) { }")]
    [InlineData("platform/Hosting/A.cs", "void M(IServiceProvider p) { }")]
    [InlineData("tools/Ctl/Output/A.cs", "Console.WriteLine(1);")]
    [InlineData("tools/Sidecar/Program.cs", "Console.WriteLine(1);")]
    [InlineData("platform/polyfills/X/A.cs", "void M(CancellationToken cancellationToken = default) { }")]
    public void Check_PlaceThatMay_FindsNothing(string path, string code) =>
        Assert.Empty(BannedCode.Check(new SourceFile(path, code)));

    [Theory]
    [InlineData("tools/Sidecar/A.cs", "Console.WriteLine(1);")]
    [InlineData("services/Posts/Program.cs", "Console.WriteLine(1);")]
    public void Check_PlaceThatMayNot_IsFound(string path, string code) =>
        Assert.Single(BannedCode.Check(new SourceFile(path, code)));
}
