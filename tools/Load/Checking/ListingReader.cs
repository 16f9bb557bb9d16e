namespace DaprSocial.Load.Checking;

/// <summary>Reads a listing page by page to its end and notes what is wrong with the pages themselves.</summary>
internal sealed class ListingReader(DifferenceLog differences, CheckTally tally)
{
    /// <param name="listing">What is read, for differences.</param>
    /// <param name="user">Whose it is, for differences.</param>
    /// <param name="pageSizeMax">How many entries a page may hold.</param>
    /// <param name="expectedCount">How many entries there should be; bounds the number of pages.</param>
    /// <param name="readPage">Reads the page that a token stands for.</param>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(
        string listing, string user, int pageSizeMax, int expectedCount, Func<string, Task<Page<T>>> readPage)
    {
        // Short and even empty pages are legal, an endless row of them is not.
        var pagesMax = (2 * expectedCount) + 20;
        var items = new List<T>();
        var pageToken = "";
        for (var number = 1; number <= pagesMax; number++)
        {
            var page = await readPage(pageToken);
            tally.AddPage(page.Items.Count);
            items.AddRange(page.Items);
            differences.AddRange(Judge(listing, user, pageSizeMax, page, number));
            pageToken = page.NextPageToken;
            if (pageToken.Length == 0)
            {
                return items;
            }
        }

        var expected = $"at most {pagesMax} pages";
        differences.AddRange([new(DifferenceKind.BrokenPaging, listing, user, expected, "more", $"page {pagesMax}")]);
        return items;
    }

    private static List<Difference> Judge<T>(string listing, string user, int pageSizeMax, Page<T> page, int number)
    {
        var found = new List<Difference>();
        var place = $"page {number}";
        if (page.Items.Count > pageSizeMax)
        {
            var expected = $"at most {pageSizeMax} entries";
            found.Add(new(DifferenceKind.BrokenPaging, listing, user, expected, $"{page.Items.Count}", place));
        }

        if (!page.Complete)
        {
            found.Add(new(DifferenceKind.NotComplete, listing, user, "complete", "perhaps incomplete", place));
        }

        if (!page.Fresh)
        {
            found.Add(new(DifferenceKind.NotComplete, listing, user, "fresh", "not fresh", place));
        }

        return found;
    }
}
