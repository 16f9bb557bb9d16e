namespace DaprSocial.Tidy.Tests.Rules;

public sealed class ErrorReasonCoverageTests
{
    private static readonly SourceFile _contract = new("protos/daprsocial/errors/v1/error_reason.proto", """
        enum ErrorReason {
          ERROR_REASON_UNSPECIFIED = 0;
          ERROR_REASON_TEXT_EMPTY = 201;
        }
        """);

    private static readonly SourceFile _code = new("services/Posts/PostErrors.cs", "new(ErrorReason.TextEmpty)");

    [Theory]
    [InlineData("Assert.Equal(ErrorReason.TextEmpty, x);")]
    [InlineData("[InlineData(\"TEXT_EMPTY\")]")]
    public void Check_GivenAndProvoked_FindsNothing(string test) =>
        Assert.Empty(ErrorReasonCoverage.Check([_contract, _code, new SourceFile("tests/Posts/A.cs", test)]));

    [Theory]
    [InlineData("services/Posts/PostErrors.cs", "new(ErrorReason.TextEmptyOrSo)")]
    [InlineData("services/Posts/PostErrors.cs", "// ErrorReason.TextEmpty")]
    [InlineData("platform/Errors/ErrorReasons.cs", "ErrorReason.TextEmpty => 3")]
    public void Check_GivenByNoCode_IsFound(string path, string code)
    {
        var finding = Assert.Single(ErrorReasonCoverage.Check([_contract, new SourceFile(path, code)]));

        Assert.Equal((3, ErrorReasonCoverage.Ungiven("TEXT_EMPTY")), (finding.Line, finding.Message));
    }

    [Theory]
    [InlineData("tests/Posts/A.cs", "// TEXT_EMPTY")]
    [InlineData("tests/Load/A.cs", "Fail(\"TEXT_EMPTY\");")]
    [InlineData("services/Posts/A.cs", "Fail(\"TEXT_EMPTY\");")]
    public void Check_ProvokedByNoTest_IsFound(string path, string text) => Assert.Equal(
        [ErrorReasonCoverage.Unprovoked("TEXT_EMPTY")],
        ErrorReasonCoverage.Check([_contract, _code, new SourceFile(path, text)]).Select(finding => finding.Message));
}
