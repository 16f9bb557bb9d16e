using DaprSocial.Ctl.Output;

namespace DaprSocial.Ctl.Stores;

/// <summary>
/// The programs of both stores, and the one for images: found, or installed from Debian's packages where that is
/// possible.
/// </summary>
internal sealed record StoreBinaries(PostgresBinaries Postgres, RedisBinary Redis, VipsBinary Vips)
{
    public static async Task<StoreBinaries> FindOrInstallAsync(
        int? clusterMajor, IProgressReport progress, CancellationToken cancellationToken)
    {
        var (postgres, redis, vips) = await FindAsync(clusterMajor, cancellationToken);
        if (postgres is null || redis is null || vips is null)
        {
            string[] packages =
            [
                .. postgres is null ? (string[])[clusterMajor is { } major ? $"postgresql-{major}" : "postgresql"] : [],
                .. redis is null ? (string[])["redis-server"] : [],
                .. vips is null ? (string[])[VipsBinary.Package] : [],
            ];
            await DebianInstaller.InstallAsync(packages, progress, cancellationToken);
            (postgres, redis, vips) = await FindAsync(clusterMajor, cancellationToken);
        }

        return new StoreBinaries(
            postgres ?? throw Missing($"PostgreSQL {PostgresBinaries.MajorMin} or newer"),
            redis ?? throw Missing($"Redis {RedisBinary.VersionMin} or newer"),
            vips ?? throw Missing($"libvips {VipsBinary.VersionMin} or newer"));
    }

    private static async Task<(PostgresBinaries?, RedisBinary?, VipsBinary?)> FindAsync(
        int? clusterMajor, CancellationToken cancellationToken)
    {
        var folders = BinaryFolders.All();
        var postgres = PostgresBinaries.Choose(
            await PostgresBinaries.FindAsync(folders, cancellationToken), clusterMajor);
        return (
            postgres, await RedisBinary.FindAsync(folders, cancellationToken),
            await VipsBinary.FindAsync(folders, cancellationToken));
    }

    private static CtlException Missing(string what) => new(
        $"{what} is still missing after the installation: the package of this system is too old.",
        "Install a newer one and put its programs on PATH.");
}
