using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core.Utils;

/// <summary>Checks of arguments and state, kept for code written before the base library had them.</summary>
public static class GrpcPreconditions
{
    /// <summary>Requires a condition of an argument.</summary>
    /// <param name="condition">The condition.</param>
    /// <exception cref="ArgumentException">It does not hold.</exception>
    public static void CheckArgument([DoesNotReturnIf(false)] bool condition)
    {
        if (!condition)
            throw new ArgumentException(null);
    }

    /// <summary>Requires a condition of an argument.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="errorMessage">Message of the error.</param>
    /// <exception cref="ArgumentException">It does not hold.</exception>
    public static void CheckArgument([DoesNotReturnIf(false)] bool condition, string errorMessage)
    {
        if (!condition)
            throw new ArgumentException(errorMessage);
    }

    /// <summary>Requires that a reference is not null.</summary>
    /// <typeparam name="T">Type of the reference.</typeparam>
    /// <param name="reference">The reference.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public static T CheckNotNull<T>([NotNull] T? reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return reference;
    }

    /// <summary>Requires that a reference is not null.</summary>
    /// <typeparam name="T">Type of the reference.</typeparam>
    /// <param name="reference">The reference.</param>
    /// <param name="paramName">Name of the parameter.</param>
    /// <returns>The reference.</returns>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public static T CheckNotNull<T>([NotNull] T? reference, string paramName)
    {
        ArgumentNullException.ThrowIfNull(reference, paramName);
        return reference;
    }

    /// <summary>Requires a condition of an object's state.</summary>
    /// <param name="condition">The condition.</param>
    /// <exception cref="InvalidOperationException">It does not hold.</exception>
    public static void CheckState([DoesNotReturnIf(false)] bool condition)
    {
        if (!condition)
            throw new InvalidOperationException();
    }

    /// <summary>Requires a condition of an object's state.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="errorMessage">Message of the error.</param>
    /// <exception cref="InvalidOperationException">It does not hold.</exception>
    public static void CheckState([DoesNotReturnIf(false)] bool condition, string errorMessage)
    {
        if (!condition)
            throw new InvalidOperationException(errorMessage);
    }
}
