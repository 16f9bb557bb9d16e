using Xunit.Sdk;

namespace DaprSocial.Conformance.Interop;

public sealed class PeerLinesTests
{
    private static readonly PeerLines _lines =
        new(["ok large_unary", "FAILED ping_pong: late", "absent empty_stream: why"]);

    [Theory]
    [InlineData("large_unary", "ok")]
    [InlineData("empty_stream", "absent")]
    public void AssertCase_AsTheTableSays_Passes(string name, string outcome) => _lines.AssertCase(name, outcome);

    [Theory]
    [InlineData("large_unary", "absent")]
    [InlineData("ping_pong", "ok")]
    [InlineData("ping_pong", "absent")]
    [InlineData("empty_stream", "ok")]
    [InlineData("empty_unary", "ok")]
    [InlineData("unary", "ok")]
    public void AssertCase_OtherwiseOrMissing_Fails(string name, string outcome) =>
        Assert.ThrowsAny<XunitException>(() => _lines.AssertCase(name, outcome));
}
