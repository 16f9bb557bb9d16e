using DaprSocial.Ctl.Output;

namespace DaprSocial.Ctl.Stores;

/// <summary>Debian's packages of the foreign programs that we are tested with and compared with.</summary>
internal static class PeerPackages
{
    /// <summary>What tests of <c>--full</c> talk to: a file of each, and its package.</summary>
    public static IReadOnlyList<(string File, string Package)> OfTests { get; } =
    [
        ("/usr/lib/python3/dist-packages/grpc/__init__.py", "python3-grpcio"),
        ("/usr/lib/python3/dist-packages/google/protobuf/__init__.py", "python3-protobuf"),
        ("/usr/bin/protoc", "protobuf-compiler"),
        ("/usr/include/google/protobuf/timestamp.proto", "libprotobuf-dev"),
        ("/usr/bin/grpc_python_plugin", "protobuf-compiler-grpc"),
        ("/usr/bin/chromium", "chromium"),
    ];

    /// <summary>What <c>bench grpc</c> puts load on with, and compares with.</summary>
    public static IReadOnlyList<(string File, string Package)> OfBench { get; } =
    [
        ("/usr/bin/h2load", "nghttp2-client"),
        ("/usr/bin/g++", "g++"),
        ("/usr/bin/pkg-config", "pkg-config"),
        ("/usr/bin/protoc", "protobuf-compiler"),
        ("/usr/bin/grpc_cpp_plugin", "protobuf-compiler-grpc"),
        ("/usr/include/google/protobuf/message.h", "libprotobuf-dev"),
        ("/usr/include/grpcpp/grpcpp.h", "libgrpc++-dev"),
    ];

    /// <param name="files">Of programs, with their packages.</param>
    /// <param name="exists">Whether there is a file.</param>
    public static IReadOnlyList<string> Missing(
        IReadOnlyList<(string File, string Package)> files, Func<string, bool> exists) =>
        [.. files.Where(file => !exists(file.File)).Select(static file => file.Package)];

    /// <summary>Installs what is missing; where that fails, what needs it does, and says what to run.</summary>
    public static async Task InstallMissingAsync(
        IReadOnlyList<(string File, string Package)> files, IProgressReport progress,
        CancellationToken cancellationToken)
    {
        var missing = Missing(files, File.Exists);
        if (missing.Count == 0)
            return;
        try
        {
            await DebianInstaller.InstallAsync(missing, progress, cancellationToken);
        }
        catch (CtlException e)
        {
            progress.Say($"{e.Message} What needs one of them will fail.");
        }
    }
}
