using Microsoft.Extensions.DependencyInjection;

namespace Grpc.Net.ClientFactory;

/// <summary>Which name stands for which type of client; filled while services are registered, then only read.</summary>
internal sealed class GrpcClientRegistry
{
    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);

    /// <summary>The registry of these services, if they have a client.</summary>
    public static GrpcClientRegistry? Find(IServiceCollection services) =>
        services.FirstOrDefault(service => service.ServiceType == typeof(GrpcClientRegistry))
            ?.ImplementationInstance as GrpcClientRegistry;

    public bool Contains(string name) => _types.ContainsKey(name);

    /// <summary>Takes a name for a type; false when the type has it already.</summary>
    public bool Reserve(string name, Type type)
    {
        if (_types.TryAdd(name, type))
            return true;
        if (_types[name] == type)
            return false;
        throw new InvalidOperationException(
            $"The gRPC client '{name}' is registered already, for {_types[name]}; it cannot stand for {type}, too. "
            + "Without a name, a client has that of its type without namespace: give one of them a name.");
    }

    public void Demand(string name, Type type)
    {
        if (!_types.TryGetValue(name, out var registered))
        {
            throw new InvalidOperationException(
                $"No gRPC client '{name}' is registered: services.AddGrpcClient<{type.Name}>(\"{name}\", …).");
        }

        if (registered != type)
        {
            throw new InvalidOperationException(
                $"The gRPC client '{name}' is registered for {registered}, not {type}.");
        }
    }
}
