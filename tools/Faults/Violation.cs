namespace DaprSocial.Faults;

/// <summary>A promise that was broken.</summary>
/// <param name="Phase">During or after which phase; 0 before the first.</param>
/// <param name="Time">Since the start of the run.</param>
/// <param name="Promise">Which promise, in one word or two.</param>
/// <param name="What">The write, the token, the answer.</param>
/// <param name="Before">The last faults before it, oldest first.</param>
/// <param name="Events">The newest events of whom it names, once a phase has ended.</param>
public sealed record Violation(
    int Phase, TimeSpan Time, string Promise, string What, IReadOnlyList<string> Before,
    IReadOnlyList<string> Events);
