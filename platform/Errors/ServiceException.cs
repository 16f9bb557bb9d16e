using DaprSocial.Errors.V1;

namespace DaprSocial.Errors;

/// <summary>
/// A refusal that the caller is told about: one reason, a text for people, and what is dynamic in it.
/// </summary>
/// <remarks>
/// Becomes <c>google.rpc.Status</c> with exactly one <c>ErrorInfo</c> (AIP-193) in the one interceptor of the host.
/// Thrown through named factories, never caught by our own code on the way.
/// </remarks>
public sealed class ServiceException : Exception
{
    /// <summary>Makes a refusal.</summary>
    /// <param name="reason">Why; it decides the gRPC code.</param>
    /// <param name="message">One sentence for a developer, without secrets; says what to do if it can.</param>
    /// <param name="metadata">Everything dynamic in the message, by camelCase key.</param>
    /// <param name="field">For bad input: path of the offending field in the request, snake_case.</param>
    public ServiceException(
        ErrorReason reason, string message, IReadOnlyDictionary<string, string>? metadata = null, string? field = null)
        : base(message)
    {
        Reason = reason;
        Metadata = metadata ?? new Dictionary<string, string>();
        Field = field;
    }

    /// <summary>Why the call was refused.</summary>
    public ErrorReason Reason { get; }

    /// <summary>Everything dynamic in the message.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Path of the offending field; null when no single field is to blame.</summary>
    public string? Field { get; }

    /// <summary>How long the caller should wait before a retry; null when a retry does not help by itself.</summary>
    public TimeSpan? RetryDelay { get; init; }
}
