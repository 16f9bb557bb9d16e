using System.Net;
using System.Net.Http.Headers;
using DaprSocial.Ctl.Stores;
using Npgsql;

namespace DaprSocial.Ctl.Mesh;

/// <summary>Asks every part of a mesh whether it answers, in the protocol that its callers use.</summary>
internal sealed class MeshProbe : IDisposable
{
    // An empty message in gRPC's framing: not compressed, zero bytes long.
    private static readonly byte[] _emptyMessage = new byte[5];
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(3);

    private readonly HttpClient _client = new() { Timeout = _timeout };

    public async Task<IReadOnlyList<MeshPartStatus>> ProbeAllAsync(
        MeshPorts ports, string dataDirectory, CancellationToken cancellationToken) =>
        await Task.WhenAll(ports.All.Select(part => ProbeAsync(part, ports, dataDirectory, cancellationToken)));

    public void Dispose() => _client.Dispose();

    private async Task<MeshPartStatus> ProbeAsync(
        MeshPort part, MeshPorts ports, string dataDirectory, CancellationToken cancellationToken)
    {
        var problem = part.Kind switch
        {
            MeshPortKind.Service => await ProbeGrpcAsync(part, cancellationToken),
            MeshPortKind.ServiceHttp or MeshPortKind.ServiceWeb => await ProbeHttpAsync(part, cancellationToken),
            MeshPortKind.SidecarGrpc => await ProbeGrpcAsync(part, cancellationToken),
            MeshPortKind.SidecarHttp => await ProbeHealthAsync(part, cancellationToken),
            MeshPortKind.Postgres => await ProbePostgresAsync(ports, dataDirectory, cancellationToken),
            MeshPortKind.Redis => await ProbeRedisAsync(part, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(part), part.Kind, "not a kind of part"),
        };
        return new MeshPartStatus(part, problem.Length == 0, problem);
    }

    // Any answer in gRPC will do: a sidecar has no health service, and refusing a method is an answer too.
    private Task<string> ProbeGrpcAsync(MeshPort part, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(_emptyMessage);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        var request = new HttpRequestMessage(HttpMethod.Post, part.Endpoint + "/grpc.health.v1.Health/Check")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        return SendAsync(request, static _ => "", cancellationToken);
    }

    // Any answer in HTTP will do: nothing is served at the root.
    private Task<string> ProbeHttpAsync(MeshPort part, CancellationToken cancellationToken) => SendAsync(
        new HttpRequestMessage(HttpMethod.Get, part.Endpoint + "/"), static _ => "", cancellationToken);

    private Task<string> ProbeHealthAsync(MeshPort part, CancellationToken cancellationToken) => SendAsync(
        new HttpRequestMessage(HttpMethod.Get, part.Endpoint + "/v1.0/healthz"),
        static response => response.IsSuccessStatusCode ? "" : $"not healthy ({(int)response.StatusCode})",
        cancellationToken);

    private async Task<string> SendAsync(
        HttpRequestMessage request, Func<HttpResponseMessage, string> judge, CancellationToken cancellationToken)
    {
        using (request)
        {
            try
            {
                using var response = await _client.SendAsync(
                    request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                return judge(response);
            }
            catch (HttpRequestException e)
            {
                return e.HttpRequestError == HttpRequestError.ConnectionError ? "nobody listens" : e.Message;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return "no answer in time";
            }
        }
    }

    private static async Task<string> ProbeRedisAsync(MeshPort part, CancellationToken cancellationToken) =>
        await RedisInstance.FindServerAsync(part.Port, cancellationToken) is null ? "no answer" : "";

    private static async Task<string> ProbePostgresAsync(
        MeshPorts ports, string dataDirectory, CancellationToken cancellationToken)
    {
        try
        {
            var settings = StoresSettings.ForMesh(dataDirectory, ports.Postgres, ports.Redis).Postgres;
            var text = PostgresInstance.ConnectionString(
                ports.Postgres, "postgres", new PostgresCluster(settings).Password);
            await using var connection = new NpgsqlConnection(
                new NpgsqlConnectionStringBuilder(text)
                {
                    Pooling = false,
                    Timeout = (int)_timeout.TotalSeconds,
                }.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return "";
        }
        catch (Exception e) when (e is NpgsqlException or CtlException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
