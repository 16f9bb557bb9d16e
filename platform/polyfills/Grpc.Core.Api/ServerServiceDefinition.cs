namespace Grpc.Core;

/// <summary>A service with its code: a list of methods that can be replayed to a server. Immutable.</summary>
public class ServerServiceDefinition
{
    private readonly IReadOnlyList<Action<ServiceBinderBase>> _additions;

    private ServerServiceDefinition(IReadOnlyList<Action<ServiceBinderBase>> additions) => _additions = additions;

    /// <summary>Starts a definition.</summary>
    /// <returns>A builder without methods.</returns>
    public static Builder CreateBuilder() => new();

    /// <summary>Tells a binder of every method, in the order in which they were added.</summary>
    /// <param name="serviceBinder">The binder.</param>
    public void BindService(ServiceBinderBase serviceBinder)
    {
        ArgumentNullException.ThrowIfNull(serviceBinder);
        foreach (var addition in _additions)
            addition(serviceBinder);
    }

    /// <summary>Collects the methods of a service.</summary>
    public class Builder
    {
        private readonly HashSet<string> _fullNames = new(StringComparer.Ordinal);
        private readonly List<Action<ServiceBinderBase>> _additions = [];

        /// <summary>Adds a method with one request and one response.</summary>
        /// <typeparam name="TRequest">Type of a request.</typeparam>
        /// <typeparam name="TResponse">Type of a response.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">The server's code.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="ArgumentException">A method of that name is already there.</exception>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            UnaryServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class =>
            Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a method with a stream of requests and one response.</summary>
        /// <typeparam name="TRequest">Type of a request.</typeparam>
        /// <typeparam name="TResponse">Type of a response.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">The server's code.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="ArgumentException">A method of that name is already there.</exception>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            ClientStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class =>
            Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a method with one request and a stream of responses.</summary>
        /// <typeparam name="TRequest">Type of a request.</typeparam>
        /// <typeparam name="TResponse">Type of a response.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">The server's code.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="ArgumentException">A method of that name is already there.</exception>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            ServerStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class =>
            Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Adds a method with a stream of requests and a stream of responses.</summary>
        /// <typeparam name="TRequest">Type of a request.</typeparam>
        /// <typeparam name="TResponse">Type of a response.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">The server's code.</param>
        /// <returns>This builder.</returns>
        /// <exception cref="ArgumentException">A method of that name is already there.</exception>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method,
            DuplexStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class =>
            Add(method, binder => binder.AddMethod(method, handler));

        /// <summary>Ends the definition.</summary>
        /// <returns>The definition; methods added later are not part of it.</returns>
        public ServerServiceDefinition Build() => new([.. _additions]);

        private Builder Add(IMethod method, Action<ServiceBinderBase> addition)
        {
            ArgumentNullException.ThrowIfNull(method);
            if (!_fullNames.Add(method.FullName))
                throw new ArgumentException($"The method {method.FullName} is already there.", nameof(method));

            _additions.Add(addition);
            return this;
        }
    }
}
