using Dapr.Client.Autogen.Grpc.v1;
using DaprSocial.Sidecar.Mesh;
using DaprSocial.Sidecar.PubSub;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using DaprService = Dapr.Client.Autogen.Grpc.v1.Dapr;

namespace DaprSocial.Sidecar.Api;

/// <summary>
/// The sidecar's own gRPC API. Locks answer as a daprd does that has none; methods that are not overridden here answer
/// UNIMPLEMENTED.
/// </summary>
internal sealed class DaprGrpcService(
    EventPublisher publisher, StateApi state, RunningSidecar sidecar, InMemoryBroker broker) : DaprService.DaprBase
{
    /// <summary>What the paths of this service start with; every other path is proxied.</summary>
    public const string PathPrefix = "/dapr.proto.runtime.v1.Dapr/";

    public override async Task<Empty> PublishEvent(PublishEventRequest request, ServerCallContext context)
    {
        var publication = new Publication(
            request.PubsubName,
            request.Topic,
            request.Data.Memory,
            request.DataContentType,
            request.Metadata,
            Header(context, DaprHeaders.Traceparent),
            Header(context, DaprHeaders.Tracestate));
        await publisher.PublishAsync(publication, context.CancellationToken);
        return new Empty();
    }

    public override async Task<BulkPublishResponse> BulkPublishEvent(
        BulkPublishRequest request, ServerCallContext context)
    {
        var traceparent = Header(context, DaprHeaders.Traceparent);
        var tracestate = Header(context, DaprHeaders.Tracestate);
        await publisher.PublishAsync(request, traceparent, tracestate, context.CancellationToken);
        return new BulkPublishResponse();
    }

    public override Task<GetStateResponse> GetState(GetStateRequest request, ServerCallContext context) =>
        state.GetAsync(request, context.CancellationToken);

    public override Task<GetBulkStateResponse> GetBulkState(GetBulkStateRequest request, ServerCallContext context) =>
        state.GetBulkAsync(request, context.CancellationToken);

    public override async Task<Empty> SaveState(SaveStateRequest request, ServerCallContext context)
    {
        await state.SaveAsync(request, context.CancellationToken);
        return new Empty();
    }

    public override async Task<Empty> DeleteState(DeleteStateRequest request, ServerCallContext context)
    {
        await state.DeleteAsync(request, context.CancellationToken);
        return new Empty();
    }

    public override async Task<Empty> DeleteBulkState(DeleteBulkStateRequest request, ServerCallContext context)
    {
        await state.DeleteBulkAsync(request, context.CancellationToken);
        return new Empty();
    }

    public override Task<Empty> ExecuteStateTransaction(
        ExecuteStateTransactionRequest request, ServerCallContext context) =>
        throw state.RefuseTransaction(request.StoreName);

    public override Task<TryLockResponse> TryLockAlpha1(TryLockRequest request, ServerCallContext context) =>
        throw (request.ExpiryInSeconds <= 0
            ? DaprErrors.LockExpiryNotPositive(request.StoreName)
            : DaprErrors.LockNotConfigured());

    public override Task<UnlockResponse> UnlockAlpha1(UnlockRequest request, ServerCallContext context) =>
        throw DaprErrors.LockNotConfigured();

    public override Task<GetMetadataResponse> GetMetadata(GetMetadataRequest request, ServerCallContext context) =>
        Task.FromResult(MetadataReport.Of(sidecar.Identity, broker));

    public override Task<Empty> SetMetadata(SetMetadataRequest request, ServerCallContext context)
    {
        if (request.Key.Length > 0)
            sidecar.Identity.Extended[request.Key] = request.Value;
        return Task.FromResult(new Empty());
    }

    public override Task<Empty> Shutdown(ShutdownRequest request, ServerCallContext context)
    {
        sidecar.BeginStop();
        return Task.FromResult(new Empty());
    }

    private static string Header(ServerCallContext context, string name) => context.RequestHeaders.GetValue(name) ?? "";
}
