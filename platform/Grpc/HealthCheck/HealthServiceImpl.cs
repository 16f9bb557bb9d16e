using System.Threading.Channels;
using Grpc.Core;
using Grpc.Health.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Grpc.HealthCheck;

/// <summary><c>grpc.health.v1.Health</c> over states that are set by hand. Safe for use by many threads.</summary>
/// <remarks>
/// Protocol: gRPC health checking. A watcher that reads slowly misses states in between, never the last one.
/// </remarks>
public class HealthServiceImpl : Health.V1.Health.HealthBase
{
    // A watcher's queue: what is older is of no interest to it.
    private const int QueueSizeMax = 5;

    // Of the protocol (proposal A90): a server with more services has to be asked by name.
    private const int ListSizeMax = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ServingStatus> _statuses = [];
    private readonly Dictionary<string, HashSet<Channel<ServingStatus>>> _watchers = [];
    private bool _watchesEnd;

    /// <summary>Sets the state of a service and tells its watchers if it is another one.</summary>
    /// <param name="service">Full name; empty for the server as a whole.</param>
    /// <param name="status">Not SERVICE_UNKNOWN, which only says that nothing was set.</param>
    public void SetStatus(string service, ServingStatus status)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_gate)
        {
            if (_statuses.TryGetValue(service, out var before) && before == status)
                return;
            _statuses[service] = status;
            Tell(service, status);
        }
    }

    /// <summary>Forgets a service; its watchers are told SERVICE_UNKNOWN.</summary>
    public void ClearStatus(string service)
    {
        ArgumentNullException.ThrowIfNull(service);
        lock (_gate)
        {
            if (_statuses.Remove(service))
                Tell(service, ServingStatus.ServiceUnknown);
        }
    }

    /// <summary>Forgets all services.</summary>
    public void ClearAll()
    {
        lock (_gate)
        {
            foreach (var service in _statuses.Keys.ToList())
                ClearStatus(service);
        }
    }

    /// <inheritdoc />
    public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) =>
        Find(request.Service) is { } status
            ? Task.FromResult(new HealthCheckResponse { Status = status })
            : throw new RpcException(new Status(StatusCode.NotFound, ""));

    /// <inheritdoc />
    public override Task<HealthListResponse> List(HealthListRequest request, ServerCallContext context)
    {
        lock (_gate)
        {
            if (_statuses.Count > ListSizeMax)
            {
                throw new RpcException(new Status(
                    StatusCode.ResourceExhausted, $"There are over {ListSizeMax} services: ask for one by its name."));
            }

            var response = new HealthListResponse();
            foreach (var (service, status) in _statuses)
                response.Statuses[service] = new HealthCheckResponse { Status = status };
            return Task.FromResult(response);
        }
    }

    /// <inheritdoc />
    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream,
        ServerCallContext context)
    {
        var queue = Channel.CreateBounded<ServingStatus>(
            new BoundedChannelOptions(QueueSizeMax) { FullMode = BoundedChannelFullMode.DropOldest });
        Register(request.Service, queue);
        try
        {
            await foreach (var status in queue.Reader.ReadAllAsync(context.CancellationToken))
                await responseStream.WriteAsync(new HealthCheckResponse { Status = status }, context.CancellationToken);
        }
        finally
        {
            Unregister(request.Service, queue);
        }
    }

    /// <summary>Ends all watches, after what they were told before, and later ones after the first answer.</summary>
    internal void EndWatches()
    {
        lock (_gate)
        {
            _watchesEnd = true;
            foreach (var queue in _watchers.Values.SelectMany(queues => queues))
                queue.Writer.TryComplete();
        }
    }

    private ServingStatus? Find(string service)
    {
        lock (_gate)
            return _statuses.TryGetValue(service, out var status) ? status : null;
    }

    private void Register(string service, Channel<ServingStatus> queue)
    {
        lock (_gate)
        {
            if (!_watchers.TryGetValue(service, out var queues))
                _watchers[service] = queues = [];
            queues.Add(queue);
            queue.Writer.TryWrite(_statuses.GetValueOrDefault(service, ServingStatus.ServiceUnknown));
            if (_watchesEnd)
                queue.Writer.TryComplete();
        }
    }

    private void Unregister(string service, Channel<ServingStatus> queue)
    {
        lock (_gate)
        {
            var queues = _watchers[service];
            queues.Remove(queue);
            if (queues.Count == 0)
                _watchers.Remove(service);
        }
    }

    private void Tell(string service, ServingStatus status)
    {
        foreach (var queue in _watchers.GetValueOrDefault(service) ?? [])
            queue.Writer.TryWrite(status);
    }
}
