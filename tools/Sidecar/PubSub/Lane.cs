using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace DaprSocial.Sidecar.PubSub;

/// <summary>Delivers the events of some partition keys to one subscriber, one at a time and in order.</summary>
internal sealed class Lane : IAsyncDisposable
{
    private readonly TopicSubscriber _subscriber;
    private readonly Courier _courier;
    private readonly DrainBarrier _barrier;
    private readonly ILogger _logger;
    private readonly Channel<BrokerMessage> _queue;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pump;

    public Lane(TopicSubscriber subscriber, Courier courier, DrainBarrier barrier, int capacity, ILogger logger)
    {
        _subscriber = subscriber;
        _courier = courier;
        _barrier = barrier;
        _logger = logger;
        _queue = Channel.CreateBounded<BrokerMessage>(new BoundedChannelOptions(capacity) { SingleReader = true });
        _pump = PumpAsync(_stop.Token);
    }

    /// <summary>Completes when the lane has room. The caller has entered the barrier; the lane leaves it.</summary>
    public async ValueTask EnqueueAsync(BrokerMessage message, CancellationToken cancellationToken)
    {
        var queued = false;
        try
        {
            await _queue.Writer.WriteAsync(message, cancellationToken);
            queued = true;
        }
        catch (ChannelClosedException)
        {
            // The subscription has ended meanwhile: nobody wants the event any more.
        }
        finally
        {
            if (!queued)
                _barrier.Leave();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _stop.CancelAsync();
        await _pump;
        _stop.Dispose();
    }

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        var held = new List<Task>();
        try
        {
            await foreach (var message in _queue.Reader.ReadAllAsync(cancellationToken))
                await CarryAsync(message, held, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What is still queued is lost, as it would be with the process.
            while (_queue.Reader.TryRead(out _))
                _barrier.Leave();
        }

        await Task.WhenAll(held);
    }

    private async Task CarryAsync(BrokerMessage message, List<Task> held, CancellationToken cancellationToken)
    {
        try
        {
            await _courier.CarryAsync(_subscriber, message, held, cancellationToken);
        }
        catch (Exception defect) when (!cancellationToken.IsCancellationRequested)
        {
            // A fault hook that throws, say. A lane that stops unseen would be worse than a lost event.
            _logger.DeliveryDefect(message.Topic, _subscriber.AppId, defect);
        }
        finally
        {
            _barrier.Leave();
        }
    }
}
