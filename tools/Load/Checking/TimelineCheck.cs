using System.Globalization;
using DaprSocial.Load.Driving;
using DaprSocial.Load.Generation;
using DaprSocial.Timelines.V1;

namespace DaprSocial.Load.Checking;

/// <summary>Checks a user's home timeline and author timeline.</summary>
internal sealed class TimelineCheck(CheckContext context)
{
    private const int PageSizeMax = 100;

    private readonly SocialModel _model = context.Model;

    /// <summary>Twice: the ids alone, and hydrated with pages of another size.</summary>
    public async Task CheckHomeAsync(Guid user, CancellationToken cancellationToken)
    {
        var expected = _model.HomeOf(user);
        foreach (var view in new[] { View.Ids, View.Full })
        {
            var listing = view == View.Ids ? "home timeline" : "hydrated home timeline";
            var entries = await ReadAsync(listing, user, user, expected.Count, (size, page) =>
                ReadHomePageAsync(user, view, size, page, cancellationToken));
            Compare(listing, user, user, expected, entries, hydrated: view == View.Full);
        }

        context.Tally.AddHomeTimeline();
    }

    /// <summary>Once hydrated as the author, and by ids as a follower and as a stranger whom the seed picks.</summary>
    public async Task CheckAuthorAsync(Guid author, CancellationToken cancellationToken)
    {
        await CheckAuthorAsync("author timeline", author, author, View.Full, cancellationToken);
        var followers = _model.FollowersOf(author);
        var others = _model.UserIds.Where(user => user != author).ToLookup(followers.Contains);
        foreach (var viewers in others)
        {
            var listing = $"author timeline as seen by {(viewers.Key ? "a follower" : "a stranger")}";
            var random = new SeededRandom(
                listing, context.Seed.ToString(CultureInfo.InvariantCulture), _model.NameOf(author));
            await CheckAuthorAsync(listing, author, random.Pick([.. viewers]), View.Ids, cancellationToken);
        }
    }

    private async Task CheckAuthorAsync(
        string listing, Guid author, Guid viewer, View view, CancellationToken cancellationToken)
    {
        var expected = _model.AuthorTimelineOf(author, viewer);
        var entries = await ReadAsync(listing, author, viewer, expected.Count, (size, page) =>
            ReadAuthorPageAsync(author, viewer, view, size, page, cancellationToken));
        Compare(listing, author, viewer, expected, entries, hydrated: view == View.Full);
        context.Tally.AddAuthorTimeline();
    }

    private Task<IReadOnlyList<TimelineEntry>> ReadAsync(
        string listing,
        Guid user,
        Guid viewer,
        int expectedCount,
        Func<int, string, Task<Page<TimelineEntry>>> readPage)
    {
        var size = PageSizes.OfTimeline(context.Seed, listing, _model.NameOf(viewer));
        return context.Listings.ReadAsync(
            listing,
            _model.NameOf(user),
            PageSizes.Effective(size, PageSizeMax),
            expectedCount,
            pageToken => readPage(size, pageToken));
    }

    private void Compare(
        string listing,
        Guid user,
        Guid viewer,
        IReadOnlyList<StoredPost> expected,
        IReadOnlyList<TimelineEntry> entries,
        bool hydrated)
    {
        var actual = entries.Select(entry => Guid.Parse(entry.PostId)).ToArray();
        context.Differences.AddRange(ListComparer.Compare(
            listing, _model.NameOf(user), [.. expected.Select(post => post.Id)], actual));
        var wanted = expected.ToDictionary(post => post.Id);
        foreach (var (place, entry) in entries.Index())
        {
            if (wanted.TryGetValue(actual[place], out var post))
            {
                context.Differences.AddRange(
                    CompareEntry(listing, viewer, post, entry, $"entry {place + 1}", hydrated));
            }
        }
    }

    private List<Difference> CompareEntry(
        string listing, Guid viewer, StoredPost expected, TimelineEntry entry, string place, bool hydrated)
    {
        var author = $"{expected.AuthorId}";
        var handle = _model.NameOf(expected.AuthorId);
        var found = new List<Difference>();
        if (entry.AuthorId != author)
        {
            found.Add(Wrong($"author {author}", $"author {entry.AuthorId}"));
        }

        if (hydrated)
        {
            found.AddRange(context.Posts.Compare(listing, viewer, expected, entry.Post, place));
            if (entry.Author?.Id != author || entry.Author.Handle != handle)
            {
                found.Add(Wrong($"author {handle}", $"author {entry.Author?.Handle ?? "not stated"}"));
            }
        }

        return found;

        Difference Wrong(string want, string have) => new(
            DifferenceKind.WrongContent, listing, _model.NameOf(viewer), want, have, $"{place}, post {expected.Id}");
    }

    private async Task<Page<TimelineEntry>> ReadHomePageAsync(
        Guid user, View view, int pageSize, string pageToken, CancellationToken cancellationToken)
    {
        var request = new ListHomeTimelineRequest { PageSize = pageSize, PageToken = pageToken, View = view };
        var answer = await context.Mesh.CallAsync(
            AppIds.Timelines,
            user,
            CheckContext.CallTimeout,
            options => context.Mesh.Timelines.ListHomeTimelineAsync(request, options),
            cancellationToken);
        return new(answer.Entries, answer.NextPageToken, answer.Complete, answer.Freshness is { Satisfied: true });
    }

    private async Task<Page<TimelineEntry>> ReadAuthorPageAsync(
        Guid author, Guid viewer, View view, int pageSize, string pageToken, CancellationToken cancellationToken)
    {
        var request = new ListAuthorTimelineRequest
        {
            AuthorId = $"{author}",
            PageSize = pageSize,
            PageToken = pageToken,
            View = view,
        };
        var answer = await context.Mesh.CallAsync(
            AppIds.Timelines,
            viewer,
            CheckContext.CallTimeout,
            options => context.Mesh.Timelines.ListAuthorTimelineAsync(request, options),
            cancellationToken);
        return new(answer.Entries, answer.NextPageToken, answer.Complete, answer.Freshness is { Satisfied: true });
    }
}
