namespace DaprSocial.Conformance.Interop;

[Trait("Category", "Full")]
public sealed class BrowserTests(BrowserPeer peer) : IClassFixture<BrowserPeer>
{
    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var client in (string[])["grpc-web", "grpc-web-text", "connect-web"])
            {
                foreach (var (name, outcome) in InteropTable.OutcomesOf(client))
                    data.Add(client, name, outcome);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Client_Case_EndsAsTheTableSays(string client, string name, string outcome) =>
        peer.Clients.AssertCase($"{client}/{name}", outcome);
}
