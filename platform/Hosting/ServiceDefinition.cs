using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DaprSocial.Hosting;

/// <summary>All that makes a service what it is, so that it runs alone or in one process with others.</summary>
/// <param name="AppId">Dapr app id; also the name of the PostgreSQL schema that the service owns.</param>
/// <param name="AddServices">Registers the service's parts, given the roles of this process.</param>
/// <param name="MapEndpoints">Maps its gRPC services.</param>
public sealed record ServiceDefinition(
    string AppId,
    Action<IServiceCollection, ServiceRoles> AddServices,
    Action<IEndpointRouteBuilder> MapEndpoints);
