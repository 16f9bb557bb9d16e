namespace DaprSocial.Grpc.Tests.ClientFactory;

/// <summary>Adds a header to every request.</summary>
internal sealed class HeaderHandler(string name, string value) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Add(name, value);
        return base.SendAsync(request, cancellationToken);
    }
}
