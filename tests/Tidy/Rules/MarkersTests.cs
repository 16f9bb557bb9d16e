namespace DaprSocial.Tidy.Tests.Rules;

public sealed class MarkersTests
{
    [Theory]
    [InlineData("a.cs", "// TODO: later")]
    [InlineData("a.cs", "// TODO(#x): later")]
    [InlineData("a.cs", "/* FIXME */")]
    [InlineData("a.cs", "/// <summary>HACK</summary>")]
    [InlineData("a.proto", "// TODO later")]
    [InlineData("a.sql", "-- TODO(): later")]
    [InlineData("a.yaml", "# XXX")]
    public void Check_MarkerWithoutIssue_IsFound(string path, string text) =>
        Assert.Single(Markers.Check(new SourceFile(path, text)));

    [Theory]
    [InlineData("a.cs", "// TODO(#12): later")]
    [InlineData("a.cs", "var todo = \"TODO\"; // NOTE: fine")]
    [InlineData("a.proto", "// TODO(#12): later")]
    [InlineData("a.md", "Only `TODO(#12):` is a marker, `TODO` is not.")]
    [InlineData("a.yaml", "TODOS: 1")]
    public void Check_MarkerWithIssueOrNone_FindsNothing(string path, string text) =>
        Assert.Empty(Markers.Check(new SourceFile(path, text)));
}
