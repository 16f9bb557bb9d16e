using DaprSocial.Events.V1;
using Grpc.Core;

namespace DaprSocial.Load.Tests.Fakes;

/// <summary>The logs of all services; the app id of the call chooses.</summary>
internal sealed class FakeEventLogService(FakeSocial social) : EventLogService.EventLogServiceBase
{
    public override async Task ReplayEvents(
        ReplayEventsRequest request,
        IServerStreamWriter<ReplayEventsResponse> responseStream,
        ServerCallContext context)
    {
        Event[] events;
        lock (social.Lock)
        {
            events = [.. LogOf(context).Events.Skip((int)request.AfterPosition)];
        }

        foreach (var page in events.Chunk(256))
        {
            await responseStream.WriteAsync(
                new ReplayEventsResponse { Events = { page } }, context.CancellationToken);
        }
    }

    public override Task<ListStreamHeadsResponse> ListStreamHeads(
        ListStreamHeadsRequest request, ServerCallContext context)
    {
        lock (social.Lock)
        {
            var log = LogOf(context);
            var rows = log.Events.Skip((int)request.AfterPosition).Take(request.PageSize).ToArray();
            var heads = rows.GroupBy(row => (row.Topic, row.Stream)).Select(stream => new StreamHead
            {
                Topic = stream.Key.Topic,
                Stream = stream.Key.Stream,
                Version = stream.Max(row => row.Version),
            });
            return Task.FromResult(new ListStreamHeadsResponse
            {
                Heads = { heads },
                NextPosition = request.AfterPosition + rows.Length,
                LogId = $"{log.Id}",
                HeadPosition = log.Events.Count,
            });
        }
    }

    private FakeLog LogOf(ServerCallContext context) => social.Logs[context.RequestHeaders.GetValue("dapr-app-id")!];
}
