using DaprSocial.Load.Input;

namespace DaprSocial.Load.Tests.Input;

public sealed class EdgeListReaderTests
{
    [Fact]
    public async Task Read_CommentsBlanksAndTabs_ReadsTheEdges()
    {
        var graph = await ReadAsync("# a comment\n\n10 20\r\n  20\t30  \n#10 30\n");

        Assert.Equal(3, graph.UserCount);
        Assert.Equal([new Edge(0, 1), new Edge(1, 2)], graph.Edges);
        Assert.Equal(4, graph.FollowCount);
    }

    [Fact]
    public async Task Read_SameEdgeTwiceEitherWay_CountsItOnce()
    {
        var graph = await ReadAsync("1 2\n2 1\n1 2\n2 3\n");

        Assert.Equal(2, graph.Edges.Count);
        Assert.Equal(2, graph.DuplicateLineCount);
    }

    [Theory]
    [InlineData("1 2\n\n# x\n1 x\n", 4)]
    [InlineData("1\n", 1)]
    [InlineData("1 2\n1 2 3\n", 2)]
    [InlineData("1 2\n1,3\n", 2)]
    [InlineData("1 2\n-1 3\n", 2)]
    [InlineData("1 2\n3 99999999999999999999\n", 2)]
    [InlineData("1 2\n2 3\n3 3\n", 3)]
    public async Task Read_BrokenLine_NamesFileAndLine(string content, int line)
    {
        using var file = new TemporaryFile(content);

        var refusal = await Assert.ThrowsAsync<InputException>(
            () => EdgeListReader.ReadAsync(file.Path, CancellationToken.None));

        Assert.Equal(line, refusal.Line);
        Assert.Equal(file.Path, refusal.File);
        Assert.Contains($"{file.Path}, line {line}: ", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n\n")]
    public async Task Read_NoEdge_IsRefused(string content)
    {
        var refusal = await Assert.ThrowsAsync<InputException>(() => ReadAsync(content));

        Assert.Null(refusal.Line);
    }

    [Fact]
    public async Task Read_NoFile_IsRefused()
    {
        await Assert.ThrowsAsync<InputException>(
            () => EdgeListReader.ReadAsync("/nowhere/to/be/found.edges", CancellationToken.None));
    }

    [Fact]
    public async Task Read_TooManyNeighbours_IsRefused()
    {
        var star = string.Join('\n', Enumerable.Range(1, SocialGraph.DegreeMax + 1).Select(other => $"0 {other}"));

        var refusal = await Assert.ThrowsAsync<InputException>(() => ReadAsync(star));

        Assert.Contains("5001 neighbours", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_SameEdgesInAnotherOrder_IsTheSame()
    {
        var one = await ReadAsync("1 2\n2 3\n");
        var other = await ReadAsync("# other\n3 2\n2 1\n1 2\n");
        var changed = await ReadAsync("1 2\n2 4\n");

        Assert.Equal(one.Key, other.Key);
        Assert.NotEqual(one.Key, changed.Key);
    }

    private static async Task<SocialGraph> ReadAsync(string content)
    {
        using var file = new TemporaryFile(content);
        return await EdgeListReader.ReadAsync(file.Path, CancellationToken.None);
    }
}
