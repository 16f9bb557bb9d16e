using DaprSocial.Sidecar.PubSub;

namespace DaprSocial.Sidecar.Mesh;

/// <summary>The bond between a sidecar and its app; replaced as a whole when the app is attached anew.</summary>
internal sealed class AppConnection : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly AppCallbacks _app;

    public AppConnection(AppConnector connector, int port, string? token)
    {
        _app = new AppCallbacks(port, token);
        Ready = connector.ConnectAsync(_app, port, _stop.Token);
    }

    /// <summary>Completes when the app has been reached and its subscriptions are in force.</summary>
    public Task Ready { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _app.Dispose();
        _stop.Dispose();
    }
}
