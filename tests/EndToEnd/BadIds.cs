namespace DaprSocial.EndToEnd.Tests;

/// <summary>Texts that are no ids, though some come close: one id has one spelling.</summary>
public static class BadIds
{
    public static TheoryData<string> All { get; } =
    [
        "x",
        "018f6b1e-0000-7000-8000-00000000000",
        "018f6b1e-0000-7000-8000-0000000000000",
        "018f6b1e-0000-7000-8000-00000000000g",
        "018F6B1E-ABCD-7000-8000-000000000000",
        "018f6b1e000070008000000000000000",
        "{018f6b1e-0000-7000-8000-000000000000}",
        " 18f6b1e-0000-7000-8000-000000000000",
        "00000000-0000-0000-0000-000000000000",
        "0x8f6b1e-0x00-7000-8000-000000000000",
    ];

    /// <summary>So many ids that name nothing, but are ids.</summary>
    public static IEnumerable<string> Good(int count) =>
        Enumerable.Range(0, count).Select(_ => Guid.NewGuid().ToString());
}
