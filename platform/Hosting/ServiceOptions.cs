using System.ComponentModel.DataAnnotations;

namespace DaprSocial.Hosting;

/// <summary>What every service process is told, section <c>DaprSocial</c>.</summary>
public sealed class ServiceOptions : IValidatableObject
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

    /// <summary>
    /// Loopback port of a listener for gRPC-Web over HTTP/1.1, which browsers and gRPC-Web proxies call; 0 for none.
    /// </summary>
    [Range(0, 65535)]
    public int WebPort { get; set; }

    /// <summary>
    /// Origins of the pages that may call it, comma-separated, for example <c>https://app.example</c>; none by default.
    /// </summary>
    public string WebOrigins { get; set; } = "";

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

    /// <summary>
    /// How long calls are taken after the process was told to stop, while readiness says that they should go elsewhere.
    /// </summary>
    [Range(0, 600_000)]
    public int ShutdownDelayMs { get; set; }

    /// <summary>How long calls in flight may take after that; what then still runs is cut.</summary>
    [Range(0, 600_000)]
    public int ShutdownTimeoutMs { get; set; } = 5_000;

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

    /// <summary>The origins, each as a browser sends it.</summary>
    /// <exception cref="ArgumentException">One is no origin.</exception>
    public IReadOnlyList<string> ParseWebOrigins()
    {
        var origins = WebOrigins.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var origin in origins)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")
                || uri.UserInfo.Length > 0
                || !string.Equals(uri.GetLeftPart(UriPartial.Authority), origin, StringComparison.OrdinalIgnoreCase))
                throw new ArgumentException(
                    $"'{origin}' is no origin; one looks like https://app.example or http://localhost:3000.");
        }

        return origins;
    }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        try
        {
            ParseWebOrigins();
            return [];
        }
        catch (ArgumentException exception)
        {
            return [new ValidationResult(exception.Message, [nameof(WebOrigins)])];
        }
    }
}
