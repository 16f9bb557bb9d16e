using DaprSocial.Consistency.V1;
using DaprSocial.Graph.V1;
using DaprSocial.Posts.V1;
using DaprSocial.Search.V1;
using DaprSocial.Timelines.V1;
using DaprSocial.Users.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DaprSocial.Load.Driving;

/// <summary>Waits until services have applied all that users did: by the users' tokens, never by sleeping.</summary>
internal sealed class CatchUpBarrier(
    Mesh mesh, TokenBook tokens, TimeProvider clock, int concurrency, TimeSpan limit)
{
    /// <summary>What a demo waits.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(5);

    private static readonly Duration MaxWait = Duration.FromTimeSpan(TimeSpan.FromSeconds(10));
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Asks every service about every user; what has not caught up within the limit is a difference.</summary>
    public async Task<IReadOnlyList<Difference>> WaitAsync(
        string stage,
        IReadOnlyList<string> apps,
        IReadOnlyList<Guid> users,
        IDemoProgress progress,
        CancellationToken cancellationToken)
    {
        var differences = new List<Difference>();
        var start = clock.GetTimestamp();
        var total = users.Count * apps.Count;
        var done = 0;
        var questions = Enumerable.Range(0, total)
            .Select(number => (App: apps[number % apps.Count], User: number / apps.Count));
        var bounds = new ParallelOptions
        {
            MaxDegreeOfParallelism = concurrency,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(questions, bounds, async (question, token) =>
        {
            // Somebody else asks, since an author's own listing may be filled up from the command side.
            var reader = users[(question.User + 1) % users.Count];
            if (await WaitForAsync(question.App, users[question.User], reader, start, token) is { } difference)
            {
                lock (differences)
                {
                    differences.Add(difference);
                }
            }

            progress.Report(stage, Interlocked.Increment(ref done), total);
        });
        return differences;
    }

    private async Task<Difference?> WaitForAsync(
        string app, Guid user, Guid reader, long start, CancellationToken cancellationToken)
    {
        var token = tokens.TokenOf(user);
        while (true)
        {
            Freshness? freshness;
            try
            {
                freshness = await AskAsync(app, user.ToString(), reader, token, cancellationToken);
            }
            catch (RpcException exception) when (exception.StatusCode != StatusCode.Unavailable)
            {
                return Late(app, user, Refusals.Describe(exception));
            }

            switch (freshness)
            {
                case null:
                    return Late(app, user, "an answer that does not state its freshness");
                case { Satisfied: true }:
                    return null;
                case { Reason: Freshness.Types.Reason.Parked }:
                    return Late(app, user, "a parked stream");
                case var _ when clock.GetElapsedTime(start) > limit:
                    return Late(app, user, "behind");
            }
        }
    }

    private static Difference Late(string app, Guid user, string actual) =>
        new(DifferenceKind.NotCaughtUp, $"{app} service", $"{user}", "caught up", actual, "token of the user's writes");

    private Task<Freshness> AskAsync(
        string app, string user, Guid reader, string token, CancellationToken cancellationToken) => app switch
        {
            AppIds.Users => AskUsersAsync(user, reader, token, cancellationToken),
            AppIds.Graph => AskGraphAsync(user, reader, token, cancellationToken),
            AppIds.Posts => AskPostsAsync(user, reader, token, cancellationToken),
            AppIds.Timelines => AskTimelinesAsync(user, reader, token, cancellationToken),
            AppIds.Search => AskSearchAsync(reader, token, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(app), app, "No such service."),
        };

    private async Task<Freshness> AskUsersAsync(
        string user, Guid reader, string token, CancellationToken cancellationToken)
    {
        var request = new GetUserRequest { UserId = user, ConsistencyToken = token, MaxWait = MaxWait };
        var answer = await mesh.CallAsync(
            AppIds.Users, reader, CallTimeout, o => mesh.Users.GetUserAsync(request, o), cancellationToken);
        return answer.Freshness;
    }

    private async Task<Freshness> AskGraphAsync(
        string user, Guid reader, string token, CancellationToken cancellationToken)
    {
        var request = new GetRelationCountsRequest { UserId = user, ConsistencyToken = token, MaxWait = MaxWait };
        var answer = await mesh.CallAsync(
            AppIds.Graph, reader, CallTimeout, o => mesh.Graph.GetRelationCountsAsync(request, o), cancellationToken);
        return answer.Freshness;
    }

    // Replies to what is no post: the page is empty, the wait is the same, and nothing can be merged into the answer.
    private async Task<Freshness> AskPostsAsync(
        string user, Guid reader, string token, CancellationToken cancellationToken)
    {
        var request = new ListRepliesRequest
        {
            PostId = user,
            PageSize = 1,
            ConsistencyToken = token,
            MaxWait = MaxWait,
        };
        var answer = await mesh.CallAsync(
            AppIds.Posts, reader, CallTimeout, o => mesh.Posts.ListRepliesAsync(request, o), cancellationToken);
        return answer.Freshness;
    }

    private async Task<Freshness> AskTimelinesAsync(
        string user, Guid reader, string token, CancellationToken cancellationToken)
    {
        var request = new ListAuthorTimelineRequest
        {
            AuthorId = user,
            PageSize = 1,
            View = View.Ids,
            ConsistencyToken = token,
            MaxWait = MaxWait,
        };
        var answer = await mesh.CallAsync(
            AppIds.Timelines,
            reader,
            CallTimeout,
            o => mesh.Timelines.ListAuthorTimelineAsync(request, o),
            cancellationToken);
        return answer.Freshness;
    }

    // For whom nobody is called: the page is empty, the wait is the same.
    private async Task<Freshness> AskSearchAsync(Guid reader, string token, CancellationToken cancellationToken)
    {
        var request = new SearchUsersRequest
        {
            Query = "catch-up-barrier", PageSize = 1, ConsistencyToken = token, MaxWait = MaxWait,
        };
        var answer = await mesh.CallAsync(
            AppIds.Search, reader, CallTimeout, o => mesh.Search.SearchUsersAsync(request, o), cancellationToken);
        return answer.Freshness;
    }
}
