using DaprSocial.Load.Checking;

namespace DaprSocial.Load.Tests.Checking;

public sealed class ListComparerTests
{
    private static readonly Guid[] Expected = Ids(5, 4, 3, 2, 1);

    [Fact]
    public void Compare_TheSame_FindsNothing()
    {
        Assert.Empty(Compare(Expected));
        Assert.Empty(ListComparer.Compare("home timeline", "ada", [], []));
    }

    [Fact]
    public void Compare_EntryMissing_SaysWhichAndWhere()
    {
        var found = Assert.Single(Compare(Ids(5, 4, 2, 1)));

        Assert.Equal(DifferenceKind.MissingEntry, found.Kind);
        Assert.Equal($"{Society.Post(3)}", found.Expected);
        Assert.Equal("entry 3 of 5, 1 missing", found.Place);
        Assert.Equal("ada", found.User);
    }

    [Fact]
    public void Compare_LastPageMissing_IsFound()
    {
        var found = Assert.Single(Compare(Ids(5, 4, 3)));

        Assert.Equal(DifferenceKind.MissingEntry, found.Kind);
        Assert.Equal("entry 4 of 5, 2 missing", found.Place);
    }

    [Fact]
    public void Compare_EntryTooMany_SaysWhichAndWhere()
    {
        var found = Assert.Single(Compare(Ids(5, 4, 9, 3, 2, 1)));

        Assert.Equal(DifferenceKind.ExtraEntry, found.Kind);
        Assert.Equal($"{Society.Post(9)}", found.Actual);
        Assert.Equal("entry 3 of 6, 1 too many", found.Place);
    }

    [Fact]
    public void Compare_TwoEntriesSwapped_IsTheOrder()
    {
        var found = Assert.Single(Compare(Ids(5, 3, 4, 2, 1)));

        Assert.Equal(DifferenceKind.WrongOrder, found.Kind);
        Assert.Equal("common entry 2", found.Place);
        Assert.Equal($"{Society.Post(4)}", found.Expected);
        Assert.Equal($"{Society.Post(3)}", found.Actual);
    }

    [Fact]
    public void Compare_EntryTwice_IsADuplicateOnly()
    {
        var found = Assert.Single(Compare(Ids(5, 4, 3, 3, 2, 1)));

        Assert.Equal(DifferenceKind.DuplicateEntry, found.Kind);
        Assert.Equal("entries 3 and 4", found.Place);
    }

    [Fact]
    public void Compare_SeveralFaults_FindsEachKind()
    {
        var found = Compare(Ids(4, 5, 9, 2, 2));

        DifferenceKind[] kinds =
        [
            DifferenceKind.MissingEntry,
            DifferenceKind.ExtraEntry,
            DifferenceKind.DuplicateEntry,
            DifferenceKind.WrongOrder,
        ];
        Assert.Equal(kinds, found.Select(difference => difference.Kind));
    }

    [Fact]
    public void CompareMembers_AnotherOrder_FindsNothing()
    {
        Assert.Empty(ListComparer.CompareMembers("followers", "ada", Expected, Ids(1, 2, 3, 4, 5)));
    }

    private static IReadOnlyList<Difference> Compare(Guid[] actual) =>
        ListComparer.Compare("home timeline", "ada", Expected, actual);

    private static Guid[] Ids(params int[] posts) => [.. posts.Select(Society.Post)];
}
