using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>One RPC with a request that is good but for what a test puts in.</summary>
/// <param name="IsCommand">Whether it changes state.</param>
/// <param name="NeedsActor">Whether it is refused without an actor.</param>
/// <param name="SendAsync">Sends it with the metadata and the consistency token given.</param>
internal sealed record RpcCall(
    bool IsCommand, bool NeedsActor, Func<MeshClients, Metadata, string, Task> SendAsync);
