using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DaprSocial.Hosting;

/// <summary>
/// Holds the server open for <see cref="ServiceOptions.ShutdownDelayMs"/> once the process has been told to stop, so
/// that whoever asks whether it is ready sends new calls elsewhere before a connection ends. Then Kestrel closes its
/// listeners, says GOAWAY and waits for the calls in flight; relay and consumers stop last.
/// </summary>
/// <remarks>
/// Dapr's own health check goes on as it was: a sidecar that is told to stop with its app drops what calls in flight
/// need as soon as the app is unhealthy (dapr/dapr#8332), and what it delivers meanwhile is handled or sent again.
/// </remarks>
internal sealed class GracefulStop(
    IHostApplicationLifetime lifetime, IOptions<ServiceOptions> options, TimeProvider clock)
    : IHostedLifecycleService
{
    /// <summary>Runs before the server and whatever else is hosted stops.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A host that is stopped by a call and not by a signal says so only after this.
        lifetime.StopApplication();
        // Cut short, it goes on with the stop.
        await Task.Delay(TimeSpan.FromMilliseconds(options.Value.ShutdownDelayMs), clock, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
