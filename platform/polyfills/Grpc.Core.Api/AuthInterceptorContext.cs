namespace Grpc.Core;

/// <summary>Tells a source of credentials which call they are for. Immutable.</summary>
public class AuthInterceptorContext
{
    /// <summary>Describes a call that cannot be given up.</summary>
    /// <param name="serviceUrl">Scheme, host and service, such as <c>https://host/package.Service</c>.</param>
    /// <param name="methodName">Name of the method within its service.</param>
    public AuthInterceptorContext(string serviceUrl, string methodName)
        : this(serviceUrl, methodName, CancellationToken.None)
    {
    }

    /// <summary>Describes a call.</summary>
    /// <param name="serviceUrl">Scheme, host and service, such as <c>https://host/package.Service</c>.</param>
    /// <param name="methodName">Name of the method within its service.</param>
    /// <param name="cancellationToken">Is cancelled when the call is given up.</param>
    public AuthInterceptorContext(string serviceUrl, string methodName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(serviceUrl);
        ArgumentNullException.ThrowIfNull(methodName);
        ServiceUrl = serviceUrl;
        MethodName = methodName;
        CancellationToken = cancellationToken;
    }

    /// <summary>Scheme, host and service, such as <c>https://host/package.Service</c>.</summary>
    public string ServiceUrl { get; }

    /// <summary>Name of the method within its service.</summary>
    public string MethodName { get; }

    /// <summary>Is cancelled when the call is given up.</summary>
    public CancellationToken CancellationToken { get; }
}
