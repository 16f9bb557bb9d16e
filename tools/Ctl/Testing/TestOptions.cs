namespace DaprSocial.Ctl.Testing;

/// <param name="Full">Also tests marked <c>[Trait("Category", "Full")]</c>.</param>
/// <param name="Filter">
/// Part of a test's full name, or an expression in the language of <c>dotnet test --filter</c>.
/// </param>
internal sealed record TestOptions(bool Full, string? Filter)
{
    private const string NotFull = "Category!=Full";

    /// <returns>What <c>dotnet test --filter</c> is given; null when every test runs.</returns>
    public string? Expression()
    {
        var asked = Filter is null || Filter.AsSpan().IndexOfAny("=~") >= 0 ? Filter : $"FullyQualifiedName~{Filter}";
        return (asked, Full) switch
        {
            (null, true) => null,
            (null, false) => NotFull,
            (_, true) => asked,
            (_, false) => $"({asked})&({NotFull})",
        };
    }
}
