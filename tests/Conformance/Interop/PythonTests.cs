namespace DaprSocial.Conformance.Interop;

[Trait("Category", "Full")]
public sealed class PythonTests(PythonPeer peer) : IClassFixture<PythonPeer>
{
    public static TheoryData<string, string> ClientCases => InteropTable.Outcomes("python client");

    public static TheoryData<string, string> ServerCases => InteropTable.Outcomes("python server");

    [Theory]
    [MemberData(nameof(ClientCases))]
    public async Task Client_Case_EndsAsTheTableSays(string name, string outcome) =>
        (await peer.Client).AssertCase(name, outcome);

    [Theory]
    [MemberData(nameof(ServerCases))]
    public Task Server_Case_EndsAsTheTableSays(string name, string outcome) => peer.Server.RunCaseAsync(name, outcome);
}
