namespace DaprSocial.Conformance.Interop;

/// <summary>Our client against our server, over HTTP/2 and over gRPC-Web.</summary>
public sealed class OwnClientTests(InteropServer server) : IClassFixture<InteropServer>
{
    public static TheoryData<string> OwnCases => InteropTable.CasesOf("own");

    public static TheoryData<string> WebCases => InteropTable.CasesOf("web");

    [Theory]
    [MemberData(nameof(OwnCases))]
    public async Task Http2_Case_EndsAsItShould(string name)
    {
        using var client = new InteropClient(server.Grpc);

        await InteropCases.RunAsync(name, client);
    }

    [Theory]
    [MemberData(nameof(WebCases))]
    public async Task Web_CaseInBinary_EndsAsItShould(string name)
    {
        using var client = new InteropClient(new WebInvoker(server.Web, isText: false));

        await InteropCases.RunAsync(name, client);
    }

    [Theory]
    [MemberData(nameof(WebCases))]
    public async Task Web_CaseInText_EndsAsItShould(string name)
    {
        using var client = new InteropClient(new WebInvoker(server.Web, isText: true));

        await InteropCases.RunAsync(name, client);
    }
}
