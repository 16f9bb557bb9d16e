using Dapr.Client.Autogen.Grpc.v1;
using DaprSocial.Sidecar.Components;
using DaprSocial.Sidecar.Mesh;
using DaprSocial.Sidecar.State;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Grpc.Core;

namespace DaprSocial.Sidecar.Api;

/// <summary>The state part of the API: finds the store, maps keys, and words failures as daprd does.</summary>
internal sealed class StateApi(SidecarIdentity sidecar, StateStores stores)
{
    public async Task<GetStateResponse> GetAsync(GetStateRequest request, CancellationToken cancellationToken)
    {
        var (component, store) = Find(request.StoreName);
        var key = InStore(request.Key, component);
        try
        {
            var value = await store.GetAsync(key, cancellationToken);
            return value is null
                ? new GetStateResponse()
                : new GetStateResponse { Data = ByteString.CopyFrom(value.Data.Span), Etag = value.Etag };
        }
        catch (StateException exception)
        {
            throw DaprErrors.StateGetFailed(component.Name, request.Key, exception);
        }
    }

    public async Task<GetBulkStateResponse> GetBulkAsync(
        GetBulkStateRequest request, CancellationToken cancellationToken)
    {
        var (component, store) = Find(request.StoreName);
        var keys = request.Keys.Select(key => (Asked: key, InStore: InStore(key, component))).ToList();
        using var turns = new SemaphoreSlim(request.Parallelism > 0 ? request.Parallelism : int.MaxValue);
        return new GetBulkStateResponse { Items = { await Task.WhenAll(keys.Select(ReadAsync)) } };

        async Task<BulkStateItem> ReadAsync((string Asked, string InStore) key)
        {
            await turns.WaitAsync(cancellationToken);
            try
            {
                var value = await store.GetAsync(key.InStore, cancellationToken);
                return value is null
                    ? new BulkStateItem { Key = key.Asked }
                    : new BulkStateItem
                    {
                        Key = key.Asked, Data = ByteString.CopyFrom(value.Data.Span), Etag = value.Etag,
                    };
            }
            catch (StateException exception)
            {
                return new BulkStateItem { Key = key.Asked, Error = exception.Message };
            }
            finally
            {
                turns.Release();
            }
        }
    }

    public async Task SaveAsync(SaveStateRequest request, CancellationToken cancellationToken)
    {
        var (component, store) = Find(request.StoreName);
        if (request.States.Any(state => state.Key.Length == 0))
            throw DaprErrors.StateKeyEmpty();
        await EachAsync(
            request.States, component,
            (key, state) => store.SetAsync(
                key, state.Value.Memory, state.Etag?.Value, state.Options?.Concurrency ?? default, state.Metadata,
                cancellationToken),
            failure => DaprErrors.StateSaveFailed(component.Name, failure));
    }

    public async Task DeleteAsync(DeleteStateRequest request, CancellationToken cancellationToken)
    {
        var (component, store) = Find(request.StoreName);
        var key = InStore(request.Key, component);
        try
        {
            await store.DeleteAsync(
                key, request.Etag?.Value, request.Options?.Concurrency ?? default, cancellationToken);
        }
        catch (StateException exception)
        {
            throw DaprErrors.StateDeleteFailed(request.Key, exception);
        }
    }

    public async Task DeleteBulkAsync(DeleteBulkStateRequest request, CancellationToken cancellationToken)
    {
        var (component, store) = Find(request.StoreName);
        await EachAsync(
            request.States, component,
            (key, state) => store.DeleteAsync(
                key, state.Etag?.Value, state.Options?.Concurrency ?? default, cancellationToken),
            failure => DaprErrors.StateBulkDeleteFailed(component.Name, failure));
    }

    /// <summary>As daprd that has a store, but none with transactions: nothing here uses them.</summary>
    public RpcException RefuseTransaction(string storeName)
    {
        Find(storeName);
        return DaprErrors.StateTransactionsNotSupported(storeName);
    }

    /// <summary>Each on its own, all at once; the others are done even if one fails.</summary>
    private async Task EachAsync(
        RepeatedField<StateItem> items, Component component, Func<string, StateItem, Task> doAsync,
        Func<StateException, RpcException> word)
    {
        var keyed = items.Select(item => (Key: InStore(item.Key, component), Item: item)).ToList();
        var failures = (await Task.WhenAll(keyed.Select(TryAsync))).OfType<StateException>().ToList();
        if (failures.Count > 0)
            throw word(failures.Find(failure => failure.Failure != StateFailure.Other) ?? failures[0]);

        async Task<StateException?> TryAsync((string Key, StateItem Item) one)
        {
            try
            {
                await doAsync(one.Key, one.Item);
                return null;
            }
            catch (StateException exception)
            {
                return exception;
            }
        }
    }

    private (Component, RedisStateStore) Find(string name)
    {
        if (!sidecar.Components.Any(component => component.IsStateStore))
            throw DaprErrors.StateNotConfigured(name);
        var component = sidecar.Components.FirstOrDefault(component => component.IsStateStore && component.Name == name)
            ?? throw DaprErrors.StateNotFound(name);
        return (component, stores.Get(name));
    }

    private string InStore(string key, Component component) =>
        StateKeys.InStore(key, component, sidecar.AppId) ?? throw DaprErrors.StateKeyIllegal(component.Name, key);
}
