using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace Grpc.Reflection;

/// <summary>Answers one question of server reflection. Pure.</summary>
internal sealed class ReflectionAnswers
{
    private readonly IReadOnlyList<string> _services;
    private readonly SymbolRegistry _symbols;

    public ReflectionAnswers(IEnumerable<string> services, SymbolRegistry symbols)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(symbols);
        _services = [.. services.Distinct().Order(StringComparer.Ordinal)];
        _symbols = symbols;
    }

    public ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = request.MessageRequestCase switch
        {
            ServerReflectionRequest.MessageRequestOneofCase.FileByFilename =>
                Files(_symbols.FileByName(request.FileByFilename), "File not found."),
            ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol =>
                Files(_symbols.FileContainingSymbol(request.FileContainingSymbol), "Symbol not found."),
            ServerReflectionRequest.MessageRequestOneofCase.ListServices => Services(),
            // proto3 has no extensions but those of options, and these no client needs.
            ServerReflectionRequest.MessageRequestOneofCase.FileContainingExtension
                or ServerReflectionRequest.MessageRequestOneofCase.AllExtensionNumbersOfType =>
                Error(StatusCode.Unimplemented, "Extensions are not supported."),
            _ => Error(StatusCode.InvalidArgument, "The request asks nothing."),
        };
        response.ValidHost = request.Host;
        response.OriginalRequest = request;
        return response;
    }

    private ServerReflectionResponse Services() => new()
    {
        ListServicesResponse = new ListServiceResponse
        {
            Service = { _services.Select(name => new ServiceResponse { Name = name }) },
        },
    };

    private static ServerReflectionResponse Files(FileDescriptor? file, string missing)
    {
        if (file is null)
            return Error(StatusCode.NotFound, missing);
        var answer = new FileDescriptorResponse();
        Collect(file, [], answer);
        return new ServerReflectionResponse { FileDescriptorResponse = answer };
    }

    /// <summary>The file that was asked for comes first, as clients expect; then what it needs, each once.</summary>
    private static void Collect(FileDescriptor file, HashSet<string> seen, FileDescriptorResponse answer)
    {
        if (!seen.Add(file.Name))
            return;
        answer.FileDescriptorProto.Add(file.SerializedData);
        foreach (var dependency in file.Dependencies)
            Collect(dependency, seen, answer);
    }

    private static ServerReflectionResponse Error(StatusCode code, string message) => new()
    {
        ErrorResponse = new ErrorResponse { ErrorCode = (int)code, ErrorMessage = message },
    };
}
