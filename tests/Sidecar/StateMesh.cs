using Dapr.Client.Autogen.Grpc.v1;
using DaprSocial.Testing;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using StackExchange.Redis;
using DaprService = Dapr.Client.Autogen.Grpc.v1.Dapr;
using RpcStatus = Google.Rpc.Status;

namespace DaprSocial.Sidecar.Tests;

/// <summary>A mesh of one sidecar with a state store, and what that has in Redis.</summary>
internal sealed class StateMesh : IAsyncDisposable
{
    public const string Store = "cache";
    private const string NowhereEndpoint = "127.0.0.1:1";

    private readonly DirectoryInfo _components;
    private readonly TestMesh _mesh;
    private readonly ConnectionMultiplexer _connection;

    private StateMesh(DirectoryInfo components, TestMesh mesh, ConnectionMultiplexer connection, string prefix) =>
        (_components, _mesh, _connection, Prefix) = (components, mesh, connection, prefix);

    /// <summary>What the store's keys begin with; no other test has it.</summary>
    public string Prefix { get; }

    public DaprService.DaprClient Dapr => _mesh.DaprOf();

    /// <summary>The server behind the store.</summary>
    public IDatabase Redis => _connection.GetDatabase();

    /// <summary>A mesh on the tests' Redis.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="metadata">More metadata of the component, as items of a YAML list.</param>
    public static Task<StateMesh> StartAsync(CancellationToken cancellationToken, params string[] metadata)
    {
        var prefix = Guid.NewGuid().ToString("N");
        return StartAsync(
            TestRedis.Endpoint, prefix, [$"{{name: keyPrefix, value: {prefix}}}", .. metadata], cancellationToken);
    }

    /// <summary>A mesh on the tests' Redis that leaves the prefix to its metadata.</summary>
    public static Task<StateMesh> StartWithKeyPrefixAsync(
        string keyPrefix, string expected, CancellationToken cancellationToken) =>
        StartAsync(TestRedis.Endpoint, expected, [$"{{name: keyPrefix, value: {keyPrefix}}}"], cancellationToken);

    /// <summary>A mesh whose Redis is away.</summary>
    public static Task<StateMesh> StartAwayAsync(CancellationToken cancellationToken) =>
        StartAsync(NowhereEndpoint, "away", [], cancellationToken);

    /// <summary>How the store names a key.</summary>
    public string InStore(string key) => Prefix.Length == 0 ? key : $"{Prefix}||{key}";

    public async Task SaveAsync(StateItem item, CancellationToken cancellationToken) => await Dapr.SaveStateAsync(
        new SaveStateRequest { StoreName = Store, States = { item } }, cancellationToken: cancellationToken);

    public async Task<(string Data, string Etag)> GetAsync(string key, CancellationToken cancellationToken)
    {
        var answer = await Dapr.GetStateAsync(
            new GetStateRequest { StoreName = Store, Key = key }, cancellationToken: cancellationToken);
        return (answer.Data.ToStringUtf8(), answer.Etag);
    }

    public async Task DeleteAsync(string key, string? etag, CancellationToken cancellationToken) =>
        await Dapr.DeleteStateAsync(
            new DeleteStateRequest { StoreName = Store, Key = key, Etag = EtagOf(etag) },
            cancellationToken: cancellationToken);

    public static StateItem Item(
        string key, string data, string? etag = null, StateOptions.Types.StateConcurrency concurrency = default) =>
        new()
        {
            Key = key, Value = ByteString.CopyFromUtf8(data), Etag = EtagOf(etag),
            Options = new StateOptions { Concurrency = concurrency },
        };

    /// <summary>The reason that a refusal's details give.</summary>
    public static string ReasonOf(RpcException refusal) =>
        RpcStatus.Parser.ParseFrom(refusal.Trailers.GetValueBytes("grpc-status-details-bin")).Details[0]
            .Unpack<ErrorInfo>().Type;

    public async ValueTask DisposeAsync()
    {
        await _mesh.DisposeAsync();
        _connection.Dispose();
        _components.Delete(recursive: true);
    }

    private static Etag? EtagOf(string? etag) => etag is null ? null : new Etag { Value = etag };

    private static async Task<StateMesh> StartAsync(
        string endpoint, string prefix, string[] metadata, CancellationToken cancellationToken)
    {
        var components = Directory.CreateTempSubdirectory("components-");
        var items = string.Join(", ", (string[])[$"{{name: redisHost, value: \"{NowhereEndpoint}\"}}", .. metadata]);
        await File.WriteAllTextAsync(
            Path.Combine(components.FullName, "cache.yaml"),
            $"kind: Component\nmetadata: {{name: {Store}}}\nspec: {{type: state.redis, metadata: [{items}]}}\n",
            cancellationToken);
        var options = TestMesh.Options with
        {
            ComponentsDirectory = components.FullName,
            MetadataOverrides = new Dictionary<string, IReadOnlyDictionary<string, string>>
            {
                [Store] = new Dictionary<string, string> { ["redisHost"] = endpoint },
            },
        };
        return new StateMesh(
            components, await TestMesh.StartAsync(options, cancellationToken),
            await ConnectionMultiplexer.ConnectAsync(TestRedis.Endpoint), prefix);
    }
}
