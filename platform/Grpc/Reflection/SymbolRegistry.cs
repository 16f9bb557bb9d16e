using Google.Protobuf.Reflection;

namespace Grpc.Reflection;

/// <summary>Finds files by their names and by what they declare. Never changes once made.</summary>
public sealed class SymbolRegistry
{
    private readonly Dictionary<string, FileDescriptor> _filesByName = [];
    private readonly Dictionary<string, FileDescriptor> _filesBySymbol = [];

    private SymbolRegistry()
    {
    }

    /// <summary>A registry of files and of all that they need.</summary>
    public static SymbolRegistry FromFiles(IEnumerable<FileDescriptor> fileDescriptors)
    {
        ArgumentNullException.ThrowIfNull(fileDescriptors);
        var registry = new SymbolRegistry();
        foreach (var file in fileDescriptors)
            registry.Add(file);
        return registry;
    }

    /// <summary>The file of a name, as <c>daprsocial/posts/v1/post.proto</c>; null when there is none.</summary>
    public FileDescriptor? FileByName(string filename) => _filesByName.GetValueOrDefault(filename);

    /// <summary>
    /// The file that declares a symbol: full name, without a leading dot, of a service, method, message, field, oneof,
    /// enum, enum value or extension; null when there is none.
    /// </summary>
    public FileDescriptor? FileContainingSymbol(string symbol) => _filesBySymbol.GetValueOrDefault(symbol);

    private void Add(FileDescriptor file)
    {
        if (!_filesByName.TryAdd(file.Name, file))
            return;
        foreach (var dependency in file.Dependencies)
            Add(dependency);
        foreach (var message in file.MessageTypes)
            Add(message, file);
        foreach (var type in file.EnumTypes)
            Add(type, file);
        foreach (var extension in file.Extensions.UnorderedExtensions)
            _filesBySymbol[extension.FullName] = file;
        foreach (var service in file.Services)
        {
            _filesBySymbol[service.FullName] = file;
            foreach (var method in service.Methods)
                _filesBySymbol[method.FullName] = file;
        }
    }

    private void Add(MessageDescriptor message, FileDescriptor file)
    {
        _filesBySymbol[message.FullName] = file;
        foreach (var nested in message.NestedTypes)
            Add(nested, file);
        foreach (var type in message.EnumTypes)
            Add(type, file);
        foreach (var field in message.Fields.InDeclarationOrder())
            _filesBySymbol[field.FullName] = file;
        foreach (var oneof in message.Oneofs)
            _filesBySymbol[oneof.FullName] = file;
    }

    private void Add(EnumDescriptor type, FileDescriptor file)
    {
        _filesBySymbol[type.FullName] = file;
        foreach (var value in type.Values)
            _filesBySymbol[value.FullName] = file;
    }
}
