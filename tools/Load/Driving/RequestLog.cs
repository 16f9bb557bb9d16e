using DaprSocial.Events.V1;
using Grpc.Core;

namespace DaprSocial.Load.Driving;

/// <summary>
/// Which commands of ours the services' event logs hold. The logs are kept whole, while the services forget request
/// ids after 24 hours: so a run can be repeated later than that, and what was acknowledged can be looked for.
/// </summary>
internal sealed class RequestLog(Mesh mesh, string requestIdPrefix)
{
    private const int HeadPageSize = 10_000;
    private const int AttemptsMax = 5;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReplayTimeout = TimeSpan.FromMinutes(10);

    private readonly Dictionary<string, LoggedRequest> _requests = [];
    private readonly Dictionary<string, long> _positions = AppIds.Logs.ToDictionary(app => app, _ => 0L);

    public IReadOnlyDictionary<string, LoggedRequest> Requests => _requests;

    /// <summary>Reads what was logged since the last time. Nobody may read the requests meanwhile.</summary>
    public async Task CatchUpAsync(string stage, IDemoProgress progress, CancellationToken cancellationToken)
    {
        var heads = new Dictionary<string, long>();
        foreach (var app in AppIds.Logs)
        {
            heads[app] = (await ListHeadsAsync(app, _positions[app], 1, cancellationToken)).HeadPosition;
        }

        var total = Math.Max(1, heads.Sum(head => Math.Max(0, head.Value - _positions[head.Key])));
        var done = 0L;
        foreach (var app in AppIds.Logs)
        {
            await ReplayAsync(
                app,
                heads[app],
                count => progress.Report(stage, Math.Min(done += count, total - 1), total),
                cancellationToken);
        }

        progress.Report(stage, total, total);
    }

    /// <summary>Tells the book how far every stream of every log has come.</summary>
    public async Task ObserveHeadsAsync(TokenBook tokens, CancellationToken cancellationToken)
    {
        foreach (var app in AppIds.Logs)
        {
            for (var position = 0L; ;)
            {
                var page = await ListHeadsAsync(app, position, HeadPageSize, cancellationToken);
                foreach (var head in page.Heads)
                {
                    var key = new StreamHeadKey(Guid.Parse(page.LogId), head.Topic, Guid.Parse(head.Stream));
                    tokens.ObserveHead(key, head.Version);
                }

                if (page.NextPosition <= position)
                {
                    break;
                }

                position = page.NextPosition;
            }
        }
    }

    private async Task<ListStreamHeadsResponse> ListHeadsAsync(
        string app, long afterPosition, int pageSize, CancellationToken cancellationToken)
    {
        var request = new ListStreamHeadsRequest { AfterPosition = afterPosition, PageSize = pageSize };
        return await mesh.CallAsync(
            app, actor: null, CallTimeout, o => mesh.Log.ListStreamHeadsAsync(request, o), cancellationToken);
    }

    // A stream that breaks is taken up again where it broke.
    private async Task ReplayAsync(string app, long head, Action<int> progress, CancellationToken cancellationToken)
    {
        for (var attempt = 1; _positions[app] < head; attempt++)
        {
            try
            {
                var request = new ReplayEventsRequest { AfterPosition = _positions[app] };
                using var call = mesh.Log.ReplayEvents(
                    request, mesh.OptionsForStream(app, ReplayTimeout, cancellationToken));
                await foreach (var page in call.ResponseStream.ReadAllAsync(cancellationToken))
                {
                    Record(app, page.Events);
                    progress(page.Events.Count);
                }
            }
            catch (RpcException exception)
                when (exception.StatusCode == StatusCode.Unavailable && attempt < AttemptsMax)
            {
                await mesh.BackOffAsync(attempt, cancellationToken);
            }

            if (attempt == AttemptsMax && _positions[app] < head)
            {
                throw new DemoException($"the event log of {app} ends at {_positions[app]}, before its head {head}");
            }
        }
    }

    private void Record(string app, IReadOnlyList<Event> events)
    {
        foreach (var logged in events)
        {
            _positions[app] = logged.Position;
            if (logged.RequestId.StartsWith(requestIdPrefix, StringComparison.Ordinal))
            {
                if (!_requests.TryGetValue(logged.RequestId, out var before))
                    before = new LoggedRequest(logged.EntityId, logged.OccurTime.ToDateTimeOffset(), EventCount: 0);
                var repeated = before.EntityId == logged.EntityId ? 1 : 0;
                _requests[logged.RequestId] = before with { EventCount = before.EventCount + repeated };
            }
        }
    }
}
