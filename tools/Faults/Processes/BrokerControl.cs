using System.Net.Http.Json;
using DaprSocial.Faults.Planning;

namespace DaprSocial.Faults.Processes;

/// <summary>Speaks to the door that the sidecars' process has for tests of faults.</summary>
internal sealed class BrokerControl(int port) : IDisposable
{
    private static readonly TimeSpan _retryDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _answerTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(20);

    private readonly HttpClient _client = new()
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = _answerTimeout,
    };

    public Task DisturbAsync(DeliveryFaultPolicy policy, CancellationToken cancellationToken) =>
        PutAsync("/policy", () => JsonContent.Create(policy), cancellationToken);

    public Task MoveAppAsync(string app, int appPort, CancellationToken cancellationToken) =>
        PutAsync($"/apps/{app}/{appPort}", () => null, cancellationToken);

    public void Dispose() => _client.Dispose();

    // The process behind it may be just starting again: what is asked of it is asked until it answers.
    private async Task PutAsync(string path, Func<HttpContent?> content, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeout);
        while (true)
        {
            try
            {
                using var body = content();
                using var response = await _client.PutAsync(new Uri(path, UriKind.Relative), body, limit.Token);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (Exception exception) when (!limit.IsCancellationRequested
                && exception is HttpRequestException or OperationCanceledException)
            {
                await Task.Delay(_retryDelay, limit.Token);
            }
        }
    }
}
