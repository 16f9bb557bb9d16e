using DaprSocial.EventLog;
using DaprSocial.Hosting;
using DaprSocial.Media.Commands;
using DaprSocial.Media.Domain;
using DaprSocial.Media.Queries;
using DaprSocial.Media.Storage;
using DaprSocial.Media.V1;
using DaprSocial.Projections;
using DaprSocial.Users.V1;
using Google.Protobuf;
using Grpc.Core;

namespace DaprSocial.Media.Api;

internal sealed class MediaGrpcService(
    UploadMediaHandler uploadMedia, StartUploadHandler startUpload, AppendUploadHandler appendUpload,
    FinishUploadHandler finishUpload, DeleteMediaHandler deleteMedia, EraseUserHandler eraseUser,
    BatchGetMediaHandler batchGetMedia, DownloadMediaHandler downloadMedia, UploadStore uploads, MediaUrls urls,
    FreshnessGate gate, ICaller caller, TimeProvider clock)
    : MediaService.MediaServiceBase
{
    private const int ChunkBytes = 64 * 1024;

    public override async Task<UploadMediaResponse> UploadMedia(
        IAsyncStreamReader<UploadMediaRequest> requestStream, ServerCallContext context)
    {
        var (actor, cancellationToken) = (caller.RequireActor(context), context.CancellationToken);
        var header = await UploadStream.ReadHeaderAsync(requestStream, cancellationToken);
        var call = CommandCall.From(header, actor.ToString(), context);
        var command = header.ToCommand(actor, UploadStream.ReadChunksAsync(requestStream, cancellationToken));
        return await uploadMedia.HandleAsync(command, call, cancellationToken);
    }

    public override Task<StartUploadResponse> StartUpload(StartUploadRequest request, ServerCallContext context)
    {
        var actor = caller.RequireActor(context);
        var call = CommandCall.From(request, actor.ToString(), context);
        return startUpload.HandleAsync(request.ToCommand(actor), call, context.CancellationToken);
    }

    public override Task<AppendUploadResponse> AppendUpload(AppendUploadRequest request, ServerCallContext context)
    {
        var actor = caller.RequireActor(context);
        var call = CommandCall.From(request, actor.ToString(), context);
        return appendUpload.HandleAsync(request.ToCommand(actor), call, context.CancellationToken);
    }

    public override Task<FinishUploadResponse> FinishUpload(FinishUploadRequest request, ServerCallContext context)
    {
        var actor = caller.RequireActor(context);
        var call = CommandCall.From(request, actor.ToString(), context);
        var command = new FinishUpload(UploadIdOf(request.UploadId), actor);
        return finishUpload.HandleAsync(command, call, context.CancellationToken);
    }

    public override async Task<GetUploadResponse> GetUpload(GetUploadRequest request, ServerCallContext context)
    {
        var (actor, id) = (caller.RequireActor(context), UploadIdOf(request.UploadId));
        var upload = await uploads.FindAsync(id, actor, clock.GetUtcNow(), context.CancellationToken);
        return new GetUploadResponse { Upload = upload?.ToProto() ?? throw MediaErrors.UploadNotFound(id) };
    }

    public override async Task<GetMediaResponse> GetMedia(GetMediaRequest request, ServerCallContext context)
    {
        var id = MediaIdOf(request.MediaId);
        var read = await gate.WaitAsync(
            request.ConsistencyToken, request.MaxWait, caller.FindActor(context)?.Value, context);
        var found = await batchGetMedia.HandleAsync(new BatchGetMedia([id]), context.CancellationToken);
        return new GetMediaResponse
        {
            Media = found.Media.Count > 0 ? urls.AddTo(found.Media[0].ToProto()) : throw MediaErrors.NotFound(id),
            ConsistencyToken = read.Token.ToString(),
            Freshness = read.Freshness,
        };
    }

    public override async Task<BatchGetMediaResponse> BatchGetMedia(
        BatchGetMediaRequest request, ServerCallContext context)
    {
        var ids = RequestFields.Ids<V1.Media>(request.MediaIds, "media_ids");
        var read = await gate.WaitAsync(
            request.ConsistencyToken, request.MaxWait, caller.FindActor(context)?.Value, context);
        var found = await batchGetMedia.HandleAsync(new BatchGetMedia(ids), context.CancellationToken);
        return new BatchGetMediaResponse
        {
            Media = { found.Media.Select(medium => urls.AddTo(medium.ToProto())) },
            MissingIds = { found.Missing.Select(id => id.ToString()) },
            ConsistencyToken = read.Token.ToString(),
            Freshness = read.Freshness,
        };
    }

    public override async Task DownloadMedia(
        DownloadMediaRequest request, IServerStreamWriter<DownloadMediaResponse> responseStream,
        ServerCallContext context)
    {
        var found = await downloadMedia.HandleAsync(request.ToQuery(), context.CancellationToken);
        await using var bytes = found.Bytes;
        var variant = found.Variant.ToProto();
        variant.UrlPath = urls.PathOf(found.Original, found.Variant.Variant);
        var buffer = new byte[ChunkBytes];
        while (await bytes.ReadAtLeastAsync(buffer, ChunkBytes, false, context.CancellationToken) is > 0 and var count)
        {
            var part = new DownloadMediaResponse { Variant = variant, Data = ByteString.CopyFrom(buffer, 0, count) };
            await responseStream.WriteAsync(part, context.CancellationToken);
            variant = null;
        }
    }

    public override Task<DeleteMediaResponse> DeleteMedia(DeleteMediaRequest request, ServerCallContext context)
    {
        var actor = caller.RequireActor(context);
        var call = CommandCall.From(request, actor.ToString(), context);
        var command = new DeleteMedia(actor, MediaIdOf(request.MediaId));
        return deleteMedia.HandleAsync(command, call, context.CancellationToken);
    }

    public override Task<V1.EraseUserResponse> EraseUser(V1.EraseUserRequest request, ServerCallContext context)
    {
        var user = RequestFields.Id<User>(request.UserId, "user_id");
        var call = CommandCall.From(request, $"erase:{user}", context);
        var command = new EraseUser(user, caller.FindActor(context) ?? user);
        return eraseUser.HandleAsync(command, call, context.CancellationToken);
    }

    private static MediaId MediaIdOf(string text) => RequestFields.Id<V1.Media>(text, "media_id");

    private static UploadId UploadIdOf(string text) => RequestFields.Id<V1.Upload>(text, "upload_id");
}
