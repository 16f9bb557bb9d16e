using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.HealthCheck;
using Grpc.Reflection;
using Grpc.Reflection.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Alpha = Grpc.Reflection.V1Alpha;

namespace DaprSocial.Grpc.Tests.Reflection;

public sealed class ReflectionTests : IAsyncLifetime
{
    private const string HealthFile = "grpc/health/v1/health.proto";

    private WebHost _host = null!;

    public async Task InitializeAsync() => _host = await WebHost.StartAsync(
        services => services.AddGrpcReflection(),
        application =>
        {
            application.MapGrpcService<HealthServiceImpl>();
            application.MapGrpcReflectionService();
        });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task ListServices_EveryMappedService_IsNamedInOrder()
    {
        var answers = await AskAsync(new ServerReflectionRequest { Host = "here", ListServices = "*" });

        var answer = Assert.Single(answers);
        Assert.Equal(
            [
                "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection",
                "grpc.reflection.v1alpha.ServerReflection",
            ],
            answer.ListServicesResponse.Service.Select(service => service.Name));
        Assert.Equal(("here", "*"), (answer.ValidHost, answer.OriginalRequest.ListServices));
    }

    [Theory]
    [InlineData("grpc.health.v1.Health")]
    [InlineData("grpc.health.v1.Health.Check")]
    [InlineData("grpc.health.v1.HealthCheckRequest")]
    [InlineData("grpc.health.v1.HealthCheckRequest.service")]
    [InlineData("grpc.health.v1.HealthCheckResponse.ServingStatus")]
    [InlineData("grpc.health.v1.HealthListResponse.StatusesEntry")]
    public async Task FileContainingSymbol_EveryKindOfSymbol_IsTheFileThatDeclaresIt(string symbol)
    {
        var answer = Assert.Single(await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol }));

        Assert.Equal(HealthFile, NamesIn(answer)[0]);
    }

    [Fact]
    public async Task FileByFilename_FileWithDependencies_ComesFirstAndThenEachOnce()
    {
        var registry = SymbolRegistry.FromFiles([Google.Rpc.StatusReflection.Descriptor]);
        var answer = new ReflectionAnswers(["any"], registry).Answer(
            new ServerReflectionRequest { FileByFilename = "google/rpc/status.proto" });

        Assert.Equal(["google/rpc/status.proto", "google/protobuf/any.proto"], NamesIn(answer));
    }

    [Fact]
    public async Task Unknown_FileSymbolAndExtension_AreErrorsAndTheStreamGoesOn()
    {
        var answers = await AskAsync(
            new ServerReflectionRequest { FileByFilename = "no.proto" },
            new ServerReflectionRequest { FileContainingSymbol = "no.Symbol" },
            new ServerReflectionRequest { AllExtensionNumbersOfType = "google.protobuf.FieldOptions" },
            new ServerReflectionRequest(),
            new ServerReflectionRequest { FileByFilename = HealthFile });

        Assert.Equal(
            [StatusCode.NotFound, StatusCode.NotFound, StatusCode.Unimplemented, StatusCode.InvalidArgument],
            answers.Take(4).Select(answer => (StatusCode)answer.ErrorResponse.ErrorCode));
        Assert.Equal([HealthFile], NamesIn(answers[4]));
    }

    [Fact]
    public async Task V1Alpha_SameQuestions_SameAnswers()
    {
        using var call = new Alpha.ServerReflection.ServerReflectionClient(_host.Invoker).ServerReflectionInfo();
        foreach (var request in (Alpha.ServerReflectionRequest[])
        [
            new() { ListServices = "" }, new() { FileContainingSymbol = "grpc.health.v1.Health" },
        ])
        {
            await call.RequestStream.WriteAsync(request);
        }

        await call.RequestStream.CompleteAsync();
        var answers = new List<Alpha.ServerReflectionResponse>();
        await foreach (var answer in call.ResponseStream.ReadAllAsync())
            answers.Add(answer);

        Assert.Equal(3, answers[0].ListServicesResponse.Service.Count);
        Assert.Equal(HealthFile, NameOf(answers[1].FileDescriptorResponse.FileDescriptorProto[0]));
    }

    private static List<string> NamesIn(ServerReflectionResponse answer) =>
        [.. answer.FileDescriptorResponse.FileDescriptorProto.Select(NameOf)];

    private static string NameOf(ByteString file) => FileDescriptorProto.Parser.ParseFrom(file).Name;

    private async Task<List<ServerReflectionResponse>> AskAsync(params ServerReflectionRequest[] requests)
    {
        using var call = new ServerReflection.ServerReflectionClient(_host.Invoker).ServerReflectionInfo();
        foreach (var request in requests)
            await call.RequestStream.WriteAsync(request);
        await call.RequestStream.CompleteAsync();
        var answers = new List<ServerReflectionResponse>();
        await foreach (var answer in call.ResponseStream.ReadAllAsync())
            answers.Add(answer);
        return answers;
    }
}
