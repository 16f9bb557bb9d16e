namespace DaprSocial.Conformance.Interop;

/// <summary>What a peer said of each case: <c>ok NAME</c>, <c>FAILED NAME: WHY</c>, <c>absent NAME: WHY</c>.</summary>
internal sealed class PeerLines(IReadOnlyList<string> lines)
{
    public static async Task<PeerLines> OfAsync(Task<IReadOnlyList<string>> lines) => new(await lines);

    /// <summary>Fails unless it said one line about the case, with the outcome that docs/interop.md has.</summary>
    public void AssertCase(string name, string outcome)
    {
        var line = Assert.Single(lines, line => line.Split(' ')[1].TrimEnd(':') == name);
        Assert.True(line.StartsWith(outcome + " ", StringComparison.Ordinal), line);
    }
}
