namespace DaprSocial.Load;

/// <summary>One place where the services do not answer what follows from the command stores.</summary>
/// <param name="Kind">What sort of difference.</param>
/// <param name="Listing">What was compared, for example <c>home timeline</c>.</param>
/// <param name="User">Handle or id of the user whose state it is.</param>
/// <param name="Expected">What follows from the command stores.</param>
/// <param name="Actual">What the service answered.</param>
/// <param name="Place">The first place that differs, for example <c>entry 17</c>.</param>
public sealed record Difference(
    DifferenceKind Kind,
    string Listing,
    string User,
    string Expected,
    string Actual,
    string Place)
{
    public override string ToString() =>
        $"{Kind} in {Listing} of {User}, {Place}: expected {Expected}, got {Actual}";
}
