using System.Text.RegularExpressions;
using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Testing;
using Grpc.Core;

namespace DaprSocial.Platform.Tests.Errors;

public sealed partial class ErrorReasonsTests
{
    [Fact]
    public void CodeOf_EveryReason_IsTheCodeThatTheContractSays()
    {
        var promised = ValuePattern().Matches(ReadContract())
            .ToDictionary(value => int.Parse(value.Groups["number"].ValueSpan, null), value => value.Groups["code"].Value);

        var given = Enum.GetValues<ErrorReason>().Where(reason => reason != ErrorReason.Unspecified)
            .ToDictionary(reason => (int)reason, reason => ContractNameOf(ErrorReasons.CodeOf(reason)));

        Assert.Equal(promised.OrderBy(value => value.Key), given.OrderBy(value => value.Key));
        Assert.True(promised.Count > 20, "The contract could not be read.");
    }

    [Theory]
    [InlineData(ErrorReason.Unspecified)]
    [InlineData((ErrorReason)99)]
    public void CodeOf_NoReason_Throws(ErrorReason reason) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ErrorReasons.CodeOf(reason));

    [Theory]
    [InlineData(ErrorReason.TextEmpty, "TEXT_EMPTY")]
    [InlineData(ErrorReason.RequestIdReused, "REQUEST_ID_REUSED")]
    public void NameOf_AReason_IsTheContractsNameWithoutPrefix(ErrorReason reason, string name) =>
        Assert.Equal(name, ErrorReasons.NameOf(reason));

    private static string ContractNameOf(StatusCode code) =>
        WordPattern().Replace(code.ToString(), "_$0").ToUpperInvariant();

    private static string ReadContract() =>
        File.ReadAllText(Path.Combine(SourceTree.Root, "protos/daprsocial/errors/v1/error_reason.proto"));

    // The code stands in brackets at the end of the comment above the value.
    [GeneratedRegex(@"\[(?<code>[A-Z_]+)\]\.\s*\n\s*ERROR_REASON_\w+ = (?<number>\d+);")]
    private static partial Regex ValuePattern();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordPattern();
}
