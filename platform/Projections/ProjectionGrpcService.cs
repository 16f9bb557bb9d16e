using DaprSocial.Errors;
using DaprSocial.Hosting;
using DaprSocial.Projections.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DaprSocial.Projections;

/// <summary>Serves the projection to operators. The same in every service.</summary>
public sealed class ProjectionGrpcService : ProjectionService.ProjectionServiceBase
{
    private const int SampleSizeDefault = 1000;
    private const int PageSizeDefault = 100;
    private const int PageSizeMax = 1000;
    private const int DeletedTextsMax = 100;
    private const int TextLengthMin = 3;

    private readonly IProjectionAdmin _admin;
    private readonly DeadLetterStore _deadLetters;

    internal ProjectionGrpcService(IProjectionAdmin admin, DeadLetterStore deadLetters) =>
        (_admin, _deadLetters) = (admin, deadLetters);

    /// <inheritdoc />
    public override async Task<ListProjectionVersionsResponse> ListProjectionVersions(
        ListProjectionVersionsRequest request, ServerCallContext context)
    {
        return new ListProjectionVersionsResponse { Versions = { await _admin.ListAsync(context.CancellationToken) } };
    }

    /// <inheritdoc />
    public override Task RebuildProjection(
        RebuildProjectionRequest request, IServerStreamWriter<RebuildProjectionResponse> responseStream,
        ServerCallContext context)
    {
        var sampleSize = request.SampleSize == 0 ? SampleSizeDefault : request.SampleSize;
        return _admin.RebuildAsync(
            sampleSize, progress => responseStream.WriteAsync(progress, context.CancellationToken),
            context.CancellationToken);
    }

    /// <inheritdoc />
    public override async Task<FlipProjectionResponse> FlipProjection(
        FlipProjectionRequest request, ServerCallContext context)
    {
        await _admin.FlipAsync(request.Version, context.CancellationToken);
        return new FlipProjectionResponse();
    }

    /// <inheritdoc />
    public override async Task<DropProjectionResponse> DropProjection(
        DropProjectionRequest request, ServerCallContext context)
    {
        await _admin.DropAsync(request.Version, context.CancellationToken);
        return new DropProjectionResponse();
    }

    /// <inheritdoc />
    public override async Task<ListParkedStreamsResponse> ListParkedStreams(
        ListParkedStreamsRequest request, ServerCallContext context)
    {
        var limit = RequestFields.PageSize(request.PageSize, PageSizeDefault, PageSizeMax);
        var (streams, count) = await _admin.ListParkedAsync(limit, context.CancellationToken);
        return new ListParkedStreamsResponse { Streams = { streams }, TotalCount = count };
    }

    /// <inheritdoc />
    public override async Task<RetryParkedStreamResponse> RetryParkedStream(
        RetryParkedStreamRequest request, ServerCallContext context)
    {
        var isParked = await _admin.RetryAsync(KeyOf(request.Topic, request.Stream), context.CancellationToken);
        return new RetryParkedStreamResponse { IsParked = isParked };
    }

    /// <inheritdoc />
    public override async Task<SkipParkedEventResponse> SkipParkedEvent(
        SkipParkedEventRequest request, ServerCallContext context)
    {
        var key = KeyOf(request.Topic, request.Stream);
        var isParked = await _admin.SkipAsync(key, request.Version, context.CancellationToken);
        return new SkipParkedEventResponse { IsParked = isParked };
    }

    /// <inheritdoc />
    public override async Task<ListDeadLettersResponse> ListDeadLetters(
        ListDeadLettersRequest request, ServerCallContext context)
    {
        var limit = RequestFields.PageSize(request.PageSize, PageSizeDefault, PageSizeMax);
        var rows = await _deadLetters.ReadAsync(long.MaxValue, limit, context.CancellationToken);
        return new ListDeadLettersResponse
        {
            Letters =
            {
                rows.Select(row => new DeadLetter
                {
                    Topic = row.Topic, ReceiveTime = row.ReceiveTime.ToTimestamp(), Reason = row.Reason,
                    Payload = ByteString.CopyFrom(row.Payload),
                }),
            },
        };
    }

    /// <inheritdoc />
    public override async Task<DeleteDeadLettersResponse> DeleteDeadLetters(
        DeleteDeadLettersRequest request, ServerCallContext context)
    {
        if (request.Texts.Count is < 1 or > DeletedTextsMax || request.Texts.Any(text => text.Length < TextLengthMin))
            throw Refusals.InvalidField("texts", $"1 to {DeletedTextsMax} of {TextLengthMin} characters or more.");
        var count = await _deadLetters.DeleteAsync(request.Texts, context.CancellationToken);
        return new DeleteDeadLettersResponse { DeletedCount = count };
    }

    private static StreamKey KeyOf(string topic, string stream) =>
        new(topic, RequestFields.Id<ParkedStream>(stream, "stream").Value);
}
