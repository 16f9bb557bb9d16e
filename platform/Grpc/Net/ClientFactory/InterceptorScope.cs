namespace Grpc.Net.ClientFactory;

/// <summary>How long an interceptor of a registered client lives, and who shares it.</summary>
public enum InterceptorScope
{
    /// <summary>Made once, with the root's services, and shared by every client of the registration.</summary>
    Channel = 0,

    /// <summary>Made for every client, with the services of the scope that the client is made in.</summary>
    Client = 1,
}
