using DaprSocial.Sidecar.PubSub;

namespace DaprSocial.Sidecar.Mesh;

/// <summary>The running bond between a sidecar and its app; replaced as a whole when the app is attached anew.</summary>
internal sealed class AppConnection : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<AppCallbacks> _callbacks;

    public AppConnection(AppConnector connector, int port) => _callbacks = connector.ConnectAsync(port, _stop.Token);

    /// <summary>Completes when the app has been reached and its subscriptions are in force.</summary>
    public Task Ready => _callbacks;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_callbacks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_callbacks.IsCompletedSuccessfully)
            (await _callbacks).Dispose();
        _stop.Dispose();
    }
}
