using DaprSocial.Load.Driving;
using Grpc.Core;

namespace DaprSocial.Load.Checking;

/// <summary>
/// Checks every user's timelines and relations, every post and thread, page by page to the end, and that search finds
/// every public post.
/// </summary>
internal sealed class Checker(CheckContext context, int concurrency)
{
    private readonly TimelineCheck _timelines = new(context);
    private readonly RelationCheck _relations = new(context);
    private readonly PostCheck _posts = new(context);
    private readonly SearchCheck _search = new(context);

    public async Task RunAsync(IDemoProgress progress, CancellationToken cancellationToken)
    {
        var checks = Checks();
        var total = Math.Max(1, checks.Count);
        var done = 0;
        var bounds = new ParallelOptions
        {
            MaxDegreeOfParallelism = concurrency,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(checks, bounds, async (check, token) =>
        {
            await RunAsync(check, token);
            progress.Report("checking", Interlocked.Increment(ref done), total);
        });
    }

    private List<Check> Checks()
    {
        var checks = new List<Check>();
        foreach (var (id, handle) in context.Model.Users)
        {
            checks.Add(new("home timeline", handle, token => _timelines.CheckHomeAsync(id, token)));
            checks.Add(new("author timeline", handle, token => _timelines.CheckAuthorAsync(id, token)));
            checks.Add(new("relation counts", handle, token => _relations.CheckCountsAsync(id, token)));
            checks.Add(new("followers", handle, token => _relations.CheckFollowersAsync(id, token)));
            checks.Add(new("followees", handle, token => _relations.CheckFolloweesAsync(id, token)));
            checks.AddRange(_search.ChecksOf(id));
        }

        checks.AddRange(context.Model.Posts.Chunk(PostCheck.BatchSize).Select(batch =>
            new Check("posts by id", $"posts from {batch[0].Id} on", token => _posts.CheckBatchAsync(batch, token))));
        checks.AddRange(context.Model.Posts
            .Where(post => !post.Deleted && context.Model.ReplyCountOf(post.Id) > 0)
            .Select(post => new Check(
                "replies", context.Model.NameOf(post.AuthorId), token => _posts.CheckRepliesAsync(post, token))));
        return checks;
    }

    // A refusal is a wrong answer like any other. A mesh that cannot be reached answers nothing: that ends the run.
    private async Task RunAsync(Check check, CancellationToken cancellationToken)
    {
        try
        {
            await check.RunAsync(cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode != StatusCode.Unavailable)
        {
            var refusal = Refusals.Describe(exception);
            context.Differences.AddRange(
                [new(DifferenceKind.CallRefused, check.Listing, check.User, "an answer", refusal, "call")]);
        }
        catch (FormatException exception)
        {
            context.Differences.AddRange(
                [new(DifferenceKind.WrongContent, check.Listing, check.User, "an id", exception.Message, "an entry")]);
        }
    }
}
