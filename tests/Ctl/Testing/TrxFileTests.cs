using DaprSocial.Ctl.Testing;

namespace DaprSocial.Ctl.Tests.Testing;

public sealed class TrxFileTests : IDisposable
{
    private const string Trx = """
        <?xml version="1.0" encoding="utf-8"?>
        <TestRun id="1" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
          <Results>
            <UnitTestResult testName="T.Bad" duration="00:00:01.5000000" outcome="Failed">
              <Output>
                <StdOut>said so</StdOut>
                <ErrorInfo><Message>Expected: 1
        Actual: 2</Message><StackTrace>at T.Bad() in t.cs:line 2</StackTrace></ErrorInfo>
              </Output>
            </UnitTestResult>
            <UnitTestResult testName="T.Th(x: 1)" duration="00:00:00.0002385" outcome="Passed" />
            <UnitTestResult testName="T.Skipped" outcome="NotExecuted">
              <Output><ErrorInfo><Message>needs docker</Message></ErrorInfo></Output>
            </UnitTestResult>
            <UnitTestResult testName="T.Odd" outcome="Aborted" />
          </Results>
        </TestRun>
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TryRead_EveryKindOfOutcome_IsRead()
    {
        var cases = TrxFile.TryRead(_folder.Write("results.trx", Trx))!;

        Assert.Equal(
            [
                new TestCase(
                    "T.Bad",
                    TestOutcome.Failed,
                    TimeSpan.FromSeconds(1.5),
                    "Expected: 1\nActual: 2",
                    "at T.Bad() in t.cs:line 2",
                    "said so"),
                new TestCase("T.Th(x: 1)", TestOutcome.Passed, TimeSpan.FromTicks(2385)),
                new TestCase("T.Skipped", TestOutcome.Skipped, TimeSpan.Zero, "needs docker"),
                new TestCase("T.Odd", TestOutcome.Failed, TimeSpan.Zero),
            ],
            cases);
    }

    [Fact]
    public void TryRead_NoResults_IsEmpty() => Assert.Empty(
        TrxFile.TryRead(_folder.Write(
            "results.trx", "<TestRun xmlns='http://microsoft.com/schemas/VisualStudio/TeamTest/2010' />"))!);

    [Fact]
    public void TryRead_NoFileOrHalfOfOne_IsNull()
    {
        Assert.Null(TrxFile.TryRead(Path.Combine(_folder.Path, "none.trx")));
        Assert.Null(TrxFile.TryRead(_folder.Write("results.trx", Trx[..300])));
    }
}
