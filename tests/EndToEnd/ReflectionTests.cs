using DaprSocial.Ctl.Mesh;
using DaprSocial.EndToEnd.Tests.Mesh;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Grpc.Reflection.V1;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace DaprSocial.EndToEnd.Tests;

/// <summary>What a client without protos, and a probe without anything, learn from each service.</summary>
[Collection(MeshCollection.Name)]
public sealed class ReflectionTests(MeshFixture fixture)
{
    public static TheoryData<string> Services => [.. MeshApps.Services];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Reflection_EveryService_NamesItsOwnAndTheirFiles(string appId)
    {
        using var channel = GrpcChannel.ForAddress(fixture.Mesh.Ports.ServiceAddress(appId));

        var names = await ListServicesAsync(channel.CreateCallInvoker());

        var own = Assert.Single(names, name => name.StartsWith($"daprsocial.{appId}.v1.", StringComparison.Ordinal));
        Assert.Contains("daprsocial.projections.v1.ProjectionService", names);
        var file = Assert.Single(await AskAsync(
            channel.CreateCallInvoker(), new ServerReflectionRequest { FileContainingSymbol = own }));
        Assert.True(file.FileDescriptorResponse.FileDescriptorProto.Count > 1);
    }

    [Fact]
    public async Task Reflection_ThroughTheEdge_IsThatOfTheService() => Assert.Contains(
        "daprsocial.posts.v1.PostService", await ListServicesAsync(fixture.Mesh.Clients.InvokerOf("posts")));

    [Theory]
    [MemberData(nameof(Services))]
    public async Task Health_EveryServiceByNameAndAsAWhole_IsServing(string appId)
    {
        using var channel = GrpcChannel.ForAddress(fixture.Mesh.Ports.ServiceAddress(appId));
        var health = new Health.HealthClient(channel);

        foreach (var name in (await ListServicesAsync(channel.CreateCallInvoker())).Append(""))
        {
            var answer = await health.CheckAsync(new HealthCheckRequest { Service = name });
            Assert.Equal(ServingStatus.Serving, answer.Status);
        }

        var unknown = await Assert.ThrowsAsync<RpcException>(
            async () => await health.CheckAsync(new HealthCheckRequest { Service = "daprsocial.no.v1.Service" }));
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
    }

    private static async Task<List<string>> ListServicesAsync(CallInvoker invoker) =>
    [
        .. Assert.Single(await AskAsync(invoker, new ServerReflectionRequest { ListServices = "" }))
            .ListServicesResponse.Service.Select(service => service.Name),
    ];

    private static async Task<List<ServerReflectionResponse>> AskAsync(
        CallInvoker invoker, ServerReflectionRequest request)
    {
        using var call = new ServerReflection.ServerReflectionClient(invoker).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(request);
        await call.RequestStream.CompleteAsync();
        var answers = new List<ServerReflectionResponse>();
        await foreach (var answer in call.ResponseStream.ReadAllAsync())
            answers.Add(answer);
        return answers;
    }
}
