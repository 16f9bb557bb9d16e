using DaprSocial.Sidecar.PubSub;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DaprSocial.Sidecar;

/// <summary>A mesh: sidecars in one process that share a registry of apps and a broker.</summary>
public sealed record SidecarHostOptions
{
    /// <summary>The sidecars; app ids are unique.</summary>
    public required IReadOnlyList<SidecarOptions> Sidecars { get; init; }

    /// <summary>The directory with component manifests (*.yaml, *.yml; not its subdirectories).</summary>
    public required string ComponentsDirectory { get; init; }

    /// <summary>
    /// Metadata of components by name that counts instead of what their manifests say, for what is not known before a
    /// start: addresses and passwords of private servers.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> MetadataOverrides { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>How events reach subscribers.</summary>
    public DeliveryOptions Delivery { get; init; } = new();

    /// <summary>Disturbs deliveries, for tests of faults; null for none.</summary>
    public IDeliveryFault? DeliveryFault { get; init; }

    /// <summary>Where the sidecars log.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The clock of time stamps, expiry and back-off.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
