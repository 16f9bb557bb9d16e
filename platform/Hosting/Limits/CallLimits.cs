using System.ComponentModel.DataAnnotations;

namespace DaprSocial.Hosting.Limits;

/// <summary>
/// How much callers may ask of a process at once, and for how long; section <c>DaprSocial:Limits</c>.
/// </summary>
public sealed class CallLimits
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "DaprSocial:Limits";

    /// <summary>Deadline of a unary call that comes without one, in milliseconds.</summary>
    [Range(100, 600_000)]
    public int UnaryTimeoutDefaultMs { get; set; } = 30_000;

    /// <summary>Longest deadline that a unary call may bring, in milliseconds; a longer one is cut to it.</summary>
    [Range(100, 600_000)]
    public int UnaryTimeoutMaxMs { get; set; } = 120_000;

    /// <summary>How long a stream may wait for its caller's next message, or for the caller to take one.</summary>
    [Range(100, 600_000)]
    public int StreamIdleTimeoutMs { get; set; } = 60_000;

    /// <summary>Unary calls at once; more are refused with OVERLOADED before they are read.</summary>
    [Range(1, 100_000)]
    public int UnaryCallsMax { get; set; } = 1000;

    /// <summary>Streams at once; more are refused with OVERLOADED.</summary>
    [Range(1, 100_000)]
    public int StreamsMax { get; set; } = 500;

    /// <summary>Connections at once; more are closed as soon as they are open.</summary>
    [Range(1, 100_000)]
    public int ConnectionsMax { get; set; } = 1000;

    /// <summary>Greatest size of a message that is received, in bytes: as it comes, and once it is inflated.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int ReceiveBytesMax { get; set; } = 4 * 1024 * 1024;

    /// <summary>Greatest size of all headers of a call, in bytes.</summary>
    [Range(4096, 1024 * 1024)]
    public int HeaderBytesMax { get; set; } = 16 * 1024;
}
