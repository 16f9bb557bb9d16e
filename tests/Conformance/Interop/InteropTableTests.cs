namespace DaprSocial.Conformance.Interop;

public sealed class InteropTableTests
{
    [Fact]
    public void Table_EveryCase_IsListedOnce() =>
        Assert.Equal(InteropCases.Names.Order(), InteropTable.Cases.Order());

    [Fact]
    public void Table_EveryCell_SaysHowItEndsAndWhyNot() => Assert.All(InteropTable.Cells, static cell =>
    {
        var words = cell.Split(' ');
        Assert.Contains(words[0], (string[])["ok", "absent"]);
        Assert.True(words.Length > 1 ? InteropTable.Reasons.ContainsKey(words[1]) : words[0] == "ok", cell);
    });
}
