using DaprSocial.Ctl.Output;
using DaprSocial.Ctl.Stores;

namespace DaprSocial.Ctl.Testing;

/// <summary>Debian's packages of the foreign programs that tests of <c>--full</c> talk to.</summary>
internal static class PeerPackages
{
    private static readonly IReadOnlyList<(string File, string Package)> _files =
    [
        ("/usr/lib/python3/dist-packages/grpc/__init__.py", "python3-grpcio"),
        ("/usr/lib/python3/dist-packages/google/protobuf/__init__.py", "python3-protobuf"),
        ("/usr/bin/protoc", "protobuf-compiler"),
        ("/usr/include/google/protobuf/timestamp.proto", "libprotobuf-dev"),
        ("/usr/bin/grpc_python_plugin", "protobuf-compiler-grpc"),
        ("/usr/bin/chromium", "chromium"),
    ];

    /// <param name="exists">Whether there is a file.</param>
    public static IReadOnlyList<string> Missing(Func<string, bool> exists) =>
        [.. _files.Where(file => !exists(file.File)).Select(static file => file.Package)];

    /// <summary>Installs what is missing; where that fails, the tests that need it do, and say what to run.</summary>
    public static async Task InstallMissingAsync(IProgressReport progress, CancellationToken cancellationToken)
    {
        var missing = Missing(File.Exists);
        if (missing.Count == 0)
            return;
        try
        {
            await DebianInstaller.InstallAsync(missing, progress, cancellationToken);
        }
        catch (CtlException e)
        {
            progress.Say($"{e.Message} The tests that need one of them will fail.");
        }
    }
}
