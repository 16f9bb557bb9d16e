namespace Grpc.Net.ClientFactory;

/// <summary>Makes clients as they were registered, by name.</summary>
public abstract class GrpcClientFactory
{
    /// <summary>Makes a client; its channel is made with the first and shared by all of that name.</summary>
    /// <typeparam name="TClient">The type that the name was registered with.</typeparam>
    /// <param name="name">Name of the registration; the type's own name where none was given.</param>
    /// <exception cref="InvalidOperationException">
    /// The name is not registered, or for another type; or the registration lacks an address, cannot make the type, or
    /// has credentials that its channel would send in the clear.
    /// </exception>
    public abstract TClient CreateClient<TClient>(string name)
        where TClient : class;
}
