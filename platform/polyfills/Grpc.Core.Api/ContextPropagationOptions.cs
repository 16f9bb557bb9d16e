namespace Grpc.Core;

/// <summary>What a call made while serving another inherits from it. Immutable.</summary>
/// <param name="propagateDeadline">Whether the deadline is inherited.</param>
/// <param name="propagateCancellation">Whether cancellation is inherited.</param>
public class ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
{
    /// <summary>Both deadline and cancellation are inherited.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Whether the deadline is inherited.</summary>
    public bool IsPropagateDeadline { get; } = propagateDeadline;

    /// <summary>Whether cancellation is inherited.</summary>
    public bool IsPropagateCancellation { get; } = propagateCancellation;
}
