using System.Globalization;
using global::Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;

namespace DaprSocial.Dapr;

/// <summary>The sidecar's gRPC API, as far as we use it, with the method names of Dapr's own client.</summary>
/// <remarks>One instance a process; it holds one channel. Disposing ends its calls.</remarks>
public sealed class DaprClient : IDisposable
{
    // daprd ends connections whose client pings more often than every 8 s.
    private static readonly TimeSpan _keepAliveDelay = TimeSpan.FromSeconds(15);

    // state.redis counts from 1. Without any etag it lets a first write win too, but answers INTERNAL to the second.
    private const string MissingEtag = "0";

    private readonly GrpcChannel _channel;
    private readonly CallInvoker _invoker;
    private readonly global::Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient _api;

    /// <summary>Opens a channel to the sidecar; connects at the first call.</summary>
    public DaprClient(IOptions<DaprOptions> options)
    {
        _channel = GrpcChannel.ForAddress($"http://127.0.0.1:{options.Value.GrpcPort}", new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true,
                UseProxy = false,
                KeepAlivePingDelay = _keepAliveDelay,
                // daprd appends its own traceparent to one that the handler adds, and ASP.NET Core then drops both.
                ActivityHeadersPropagator = null,
            },
            DisposeHttpClient = true,
            // The default grows to two minutes, for which a service would stay mute after its sidecar restarted.
            MaxReconnectBackoff = TimeSpan.FromSeconds(1),
        });
        _invoker = _channel.CreateCallInvoker();
        if (options.Value.ApiToken is { Length: > 0 } token)
            _invoker = _invoker.Intercept(headers => With(headers, DaprOptions.TokenHeader, token));
        if (options.Value.DeadlineShift != TimeSpan.Zero)
            _invoker = _invoker.Intercept(new DeadlineShift(options.Value.DeadlineShift));
        _api = new global::Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient(_invoker);
    }

    /// <summary>
    /// A call invoker that reaches another app through the sidecar, for the generated client of its service.
    /// </summary>
    /// <param name="appId">Dapr app id of the callee.</param>
    public CallInvoker CreateInvocationInvoker(string appId) =>
        _invoker.Intercept(headers => With(headers, "dapr-app-id", appId));

    /// <summary>Publishes events in one call.</summary>
    /// <param name="pubsubName">Name of the pub/sub component.</param>
    /// <param name="topic">Topic name.</param>
    /// <param name="events">
    /// JSON texts in UTF-8, each with Dapr's publish metadata, for example <c>partitionKey</c>.
    /// </param>
    /// <param name="deadline">UTC.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="RpcException">
    /// Some were not taken. daprd does not say which: publish all of them again.
    /// </exception>
    public async Task PublishJsonEventsAsync(
        string pubsubName, string topic,
        IReadOnlyList<(ByteString Data, IReadOnlyDictionary<string, string> Metadata)> events,
        DateTime deadline, CancellationToken cancellationToken)
    {
        var request = new BulkPublishRequest { PubsubName = pubsubName, Topic = topic };
        for (var i = 0; i < events.Count; i++)
        {
            var entry = new BulkPublishRequestEntry
            {
                EntryId = i.ToString(CultureInfo.InvariantCulture), Event = events[i].Data,
                ContentType = "application/json",
            };
            foreach (var (key, value) in events[i].Metadata)
                entry.Metadata[key] = value;
            request.Entries.Add(entry);
        }

        var response = await _api.BulkPublishEventAsync(request, new CallOptions(null, deadline, cancellationToken));
        if (response.FailedEntries.Count > 0)
            throw new RpcException(new Status(StatusCode.Internal, response.FailedEntries[0].Error));
    }

    /// <summary>Reads keys of a state store in one call.</summary>
    /// <param name="storeName">Name of the state store component.</param>
    /// <param name="keys">Each once.</param>
    /// <param name="deadline">UTC.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>One for each key, in no particular order.</returns>
    /// <exception cref="RpcException">The sidecar or the store does not answer, be it for one key only.</exception>
    public async Task<IReadOnlyList<StateEntry>> GetBulkStateAsync(
        string storeName, IReadOnlyList<string> keys, DateTime deadline, CancellationToken cancellationToken)
    {
        var request = new GetBulkStateRequest { StoreName = storeName, Keys = { keys } };
        var response = await _api.GetBulkStateAsync(request, new CallOptions(null, deadline, cancellationToken));
        if (response.Items.FirstOrDefault(item => item.Error.Length > 0) is { } failed)
            throw new RpcException(new Status(StatusCode.Internal, failed.Error));
        return [.. response.Items.Select(item => new StateEntry(item.Key, item.Data.Memory, item.Etag))];
    }

    /// <summary>Writes keys of a state store in one call, each only if nobody wrote it since it was read.</summary>
    /// <param name="storeName">Name of the state store component.</param>
    /// <param name="entries">Each key once, with its new value and the etag that it had when it was read.</param>
    /// <param name="lifetime">After which the store forgets them; counted in whole seconds, at least one.</param>
    /// <param name="deadline">UTC.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// False when somebody else was first with one of them; the others may have been written. daprd answers so, too,
    /// when its store goes away meanwhile.
    /// </returns>
    /// <exception cref="RpcException">The sidecar or the store does not answer.</exception>
    public async Task<bool> TrySaveStateAsync(
        string storeName, IReadOnlyList<StateEntry> entries, TimeSpan lifetime, DateTime deadline,
        CancellationToken cancellationToken)
    {
        var seconds = ((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var request = new SaveStateRequest { StoreName = storeName };
        foreach (var entry in entries)
        {
            request.States.Add(new StateItem
            {
                Key = entry.Key,
                Value = UnsafeByteOperations.UnsafeWrap(entry.Value),
                Etag = new Etag { Value = entry.Etag.Length > 0 ? entry.Etag : MissingEtag },
                Options = new StateOptions { Concurrency = StateOptions.Types.StateConcurrency.ConcurrencyFirstWrite },
                Metadata = { ["ttlInSeconds"] = seconds },
            });
        }

        try
        {
            await _api.SaveStateAsync(request, new CallOptions(null, deadline, cancellationToken));
            return true;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Aborted)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _channel.Dispose();

    // A copy: the caller may make several calls with the same options.
    private static Metadata With(Metadata? headers, string key, string value)
    {
        var copy = new Metadata { { key, value } };
        foreach (var header in headers ?? [])
            copy.Add(header);
        return copy;
    }
}
