namespace DaprSocial.Testing.Peers;

/// <summary>Scripts of pages, with their libraries and the code that is generated from protos.</summary>
public static class PageScript
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    /// <summary>Makes one script of several.</summary>
    /// <param name="folder">Of the scripts and their lock file, from the root.</param>
    /// <param name="script">The one that the others are for.</param>
    /// <param name="protos">
    /// The folder of the protos, from the root; what is generated is imported from <c>gen</c>.
    /// </param>
    /// <param name="files">The protos, from that folder.</param>
    public static async Task<string> BundleAsync(
        string folder, string script, string protos, params IReadOnlyList<string> files)
    {
        using var scripts = await NodeProgram.InstallAsync(folder);
        var compiler = DebianProgram.Require("/usr/bin/protoc", "protobuf-compiler");
        var programs = Path.Combine(scripts.Folder, "node_modules", ".bin");
        var generated = Directory.CreateDirectory(Path.Combine(scripts.Folder, "gen")).FullName;
        await PeerProcess.RunAsync(
            Path.Combine(SourceTree.Root, protos), _patience,
            [
                compiler, $"--plugin=protoc-gen-es={programs}/protoc-gen-es", "--proto_path=.",
                $"--es_out={generated}", "--es_opt=target=js", .. files,
            ]);
        await PeerProcess.RunAsync(
            scripts.Folder, _patience,
            $"{programs}/esbuild", script, "--bundle", "--outfile=bundle.js", "--log-level=warning");
        return await File.ReadAllTextAsync(Path.Combine(scripts.Folder, "bundle.js"));
    }
}
