namespace DaprSocial.Sidecar.Tests;

/// <summary>How long a test waits for what must happen; a hang fails, it never blocks the run.</summary>
internal sealed class Patience : IDisposable
{
    private readonly CancellationTokenSource _end = new(TimeSpan.FromSeconds(30));

    public CancellationToken Token => _end.Token;

    public void Dispose() => _end.Dispose();
}
