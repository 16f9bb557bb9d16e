using DaprSocial.Load.Checking;

namespace DaprSocial.Load.Tests.Checking;

public sealed class ListingReaderTests
{
    private readonly DifferenceLog _differences = new();
    private readonly CheckTally _tally = new();

    [Fact]
    public async Task Read_ShortAndEmptyPages_ReadsToTheEnd()
    {
        var items = await ReadAsync([Page([1, 2]), Page([]), Page([3]), Page([])]);

        Assert.Equal([1, 2, 3], items);
        Assert.Equal(0, _differences.Count);
        Assert.Equal(4, _tally.Pages);
        Assert.Equal(3, _tally.Entries);
    }

    [Fact]
    public async Task Read_PageTooLong_IsFound()
    {
        await ReadAsync([Page([1, 2, 3])]);

        Assert.Equal(DifferenceKind.BrokenPaging, Assert.Single(_differences.Kept()).Kind);
    }

    [Fact]
    public async Task Read_PageNotComplete_IsFound()
    {
        await ReadAsync([Page([1]), Page([2]) with { Complete = false }]);

        var found = Assert.Single(_differences.Kept());
        Assert.Equal((DifferenceKind.NotComplete, "page 2"), (found.Kind, found.Place));
    }

    [Fact]
    public async Task Read_PageNotFresh_IsFound()
    {
        await ReadAsync([Page([1]) with { Fresh = false }]);

        Assert.Equal(DifferenceKind.NotComplete, Assert.Single(_differences.Kept()).Kind);
    }

    [Fact]
    public async Task Read_Endless_StopsAndIsFound()
    {
        var reader = new ListingReader(_differences, _tally);

        var items = await reader.ReadAsync("home timeline", "ada", 2, 3, token => Task.FromResult(
            new Page<int>([1, 2], "again", Complete: true, Fresh: true)));

        Assert.Equal(52, items.Count);
        Assert.Equal(DifferenceKind.BrokenPaging, Assert.Single(_differences.Kept()).Kind);
    }

    private static Page<int> Page(int[] items) => new(items, "", Complete: true, Fresh: true);

    private Task<IReadOnlyList<int>> ReadAsync(Page<int>[] pages) =>
        new ListingReader(_differences, _tally).ReadAsync("home timeline", "ada", 2, 3, token =>
        {
            var number = token.Length == 0 ? 0 : int.Parse(token, null);
            var next = number + 1 < pages.Length ? $"{number + 1}" : "";
            return Task.FromResult(pages[number] with { NextPageToken = next });
        });
}
