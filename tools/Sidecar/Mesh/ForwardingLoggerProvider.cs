using Microsoft.Extensions.Logging;

namespace DaprSocial.Sidecar.Mesh;

/// <summary>Lets a sidecar's server log to the host's factory, through filters of the server's own.</summary>
internal sealed class ForwardingLoggerProvider(ILoggerFactory factory) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => factory.CreateLogger(categoryName);

    // The factory is the host's.
    public void Dispose()
    {
    }
}
