using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>A user of the mesh.</summary>
/// <param name="Token">Names the user's creation.</param>
internal sealed record Person(string Id, string Handle, string Token)
{
    /// <summary>The metadata of a call by this user.</summary>
    public Metadata Headers => HeadersOf(Id);

    /// <summary>The metadata of a call that names these actors.</summary>
    public static Metadata HeadersOf(params ReadOnlySpan<string> actors)
    {
        var headers = new Metadata();
        foreach (var actor in actors)
            headers.Add("daprsocial-actor", actor);
        return headers;
    }
}
