using DaprSocial.Consistency.V1;
using DaprSocial.Timelines.V1;
using Google.Protobuf.WellKnownTypes;

namespace DaprSocial.Load.Driving;

/// <summary>Measures how long after a post's acknowledgement another user can see it.</summary>
internal sealed class VisibilityProbe(Mesh mesh, TokenBook tokens, RunLedger ledger, TimeProvider clock)
{
    private static readonly Duration MaxWait = Duration.FromTimeSpan(TimeSpan.FromSeconds(10));
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Asks Timelines until the author's writes are covered, but not for over a minute.</summary>
    public async Task MeasureAsync(Guid author, Guid reader, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        var request = new ListAuthorTimelineRequest
        {
            AuthorId = author.ToString(),
            PageSize = 1,
            View = View.Ids,
            ConsistencyToken = tokens.TokenOf(author),
            MaxWait = MaxWait,
        };
        while (true)
        {
            var answer = await mesh.CallAsync(
                AppIds.Timelines,
                reader,
                CallTimeout,
                options => mesh.Timelines.ListAuthorTimelineAsync(request, options),
                cancellationToken);
            var elapsed = clock.GetElapsedTime(start);
            if (answer.Freshness is { Satisfied: true } or { Reason: Freshness.Types.Reason.Parked } || elapsed > Limit)
            {
                ledger.RecordVisible(elapsed);
                return;
            }
        }
    }
}
