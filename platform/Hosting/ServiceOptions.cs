using System.ComponentModel.DataAnnotations;

namespace DaprSocial.Hosting;

/// <summary>What every service process is told, section <c>DaprSocial</c>.</summary>
public sealed class ServiceOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "DaprSocial";

    /// <summary>Loopback port that the service listens on; the environment's <c>APP_PORT</c> by default.</summary>
    [Range(1, 65535)]
    public int AppPort { get; set; }

    /// <summary>Port of a listener for HTTP/1.1 beside it, which serves no gRPC; 0 for none.</summary>
    [Range(0, 65535)]
    public int HttpPort { get; set; }

    /// <summary>
    /// Address of that listener. It need not be loopback: who calls it is nobody, whatever the call's headers say.
    /// </summary>
    [Required]
    public string HttpAddress { get; set; } = "127.0.0.1";

    /// <summary>Connection string of the database that holds the service's schema.</summary>
    [Required]
    public string Postgres { get; set; } = "";

    /// <summary>Comma-separated roles of this process, or <c>all</c>.</summary>
    [Required]
    public string Roles { get; set; } = "all";

    /// <summary>Greatest number of connections for commands, relay and consumers together.</summary>
    [Range(2, 500)]
    public int WritePoolSizeMax { get; set; } = 20;

    /// <summary>Greatest number of connections for queries.</summary>
    [Range(1, 500)]
    public int ReadPoolSizeMax { get; set; } = 20;

    /// <summary>The roles as flags.</summary>
    /// <exception cref="ArgumentException">A name is not a role.</exception>
    public ServiceRoles ParseRoles()
    {
        var roles = ServiceRoles.None;
        foreach (var name in Roles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Enum.TryParse<ServiceRoles>(name, ignoreCase: true, out var role) || int.TryParse(name, out _))
                throw new ArgumentException(
                    $"'{name}' is not a role; roles are commands, queries, relay, consumers, all.");
            roles |= role;
        }

        return roles;
    }
}
