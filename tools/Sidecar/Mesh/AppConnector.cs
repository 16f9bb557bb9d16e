using System.Net;
using System.Net.Sockets;
using Dapr.AppCallback.Autogen.Grpc.v1;
using DaprSocial.Sidecar.PubSub;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Sidecar.Mesh;

/// <summary>
/// Connects a sidecar to its app in daprd's order: wait until the app's port accepts a connection, ask once for its
/// subscriptions, start them.
/// </summary>
internal sealed class AppConnector(
    SidecarIdentity sidecar, InMemoryBroker broker, TimeProvider clock, ILogger logger)
{
    private const int ListRetriesMax = 3;
    private static readonly TimeSpan _portPollInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _listDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _listDelayMax = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Completes when events flow. Until then, events for subscriptions from an earlier connection wait in their lanes.
    /// </summary>
    public async Task ConnectAsync(AppCallbacks app, int port, CancellationToken cancellationToken)
    {
        using var hold = broker.PauseSubscriber(sidecar.AppId);
        await WaitForPortAsync(port, cancellationToken);
        var wishes = sidecar.HasAnyPubSub ? await ListAsync(app, cancellationToken) : [];
        var terms = wishes.Where(IsServable).Select(asked => new SubscriptionTerms(app, asked)).ToList();
        foreach (var simplified in terms.Where(one => one.IsBeyondUs))
            logger.SubscriptionSimplified(sidecar.AppId, simplified.Topic);
        await broker.SubscribeAsync(sidecar.AppId, terms);
        logger.AppConnected(sidecar.AppId, port, terms.Count);
    }

    // A connection is the only sign that daprd takes; there is nothing to be notified by.
    private async Task WaitForPortAsync(int port, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(_portPollInterval, clock, cancellationToken);
            }
        }
    }

    // After the last retry daprd never asks again (dapr/dapr#9034), so the app hears nothing: an error, but not ours.
    private async Task<IReadOnlyList<TopicSubscription>> ListAsync(
        AppCallbacks app, CancellationToken cancellationToken)
    {
        var delay = _listDelay;
        for (var retries = 0; ; retries++)
        {
            try
            {
                return await app.ListSubscriptionsAsync(cancellationToken);
            }
            catch (RpcException failure) when (!cancellationToken.IsCancellationRequested)
            {
                if (retries == ListRetriesMax)
                {
                    logger.SubscriptionsUnknown(sidecar.AppId, failure);
                    return [];
                }
            }

            await Task.Delay(delay, clock, cancellationToken);
            delay = delay * 2 < _listDelayMax ? delay * 2 : _listDelayMax;
        }
    }

    private bool IsServable(TopicSubscription asked)
    {
        if (sidecar.HasPubSub(asked.PubsubName))
            return true;
        logger.SubscriptionRefused(sidecar.AppId, asked.Topic, asked.PubsubName);
        return false;
    }
}
