using DaprSocial.Ctl.Mesh;

namespace DaprSocial.Ctl.Tests.Mesh;

public sealed class MeshRolesTests
{
    [Theory]
    [InlineData(null, "commands,queries,relay,consumers")]
    [InlineData("queries", "queries")]
    [InlineData(" consumers, queries,queries", "queries,consumers")]
    public void Parse_KnownRoles_InUsualOrderEachOnce(string? list, string expected) =>
        Assert.Equal(expected, MeshRoles.Parse(list));

    [Theory]
    [InlineData("")]
    [InlineData(",")]
    [InlineData("queries,writers")]
    [InlineData("Queries")]
    public void Parse_NoneOrUnknown_IsUsageErrorWithTheChoice(string list)
    {
        var error = Assert.Throws<CtlException>(() => MeshRoles.Parse(list));

        Assert.Equal(ExitCodes.Usage, error.ExitCode);
        Assert.Contains(MeshRoles.All, error.NextStep, StringComparison.Ordinal);
    }
}
