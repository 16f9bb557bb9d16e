using DaprSocial.Ctl.Processes;

namespace DaprSocial.Ctl.Stores;

/// <summary>
/// The account that the stores run under. PostgreSQL refuses to run as root, so root gives it away: to the owner of the
/// data if there is one already, else to <c>postgres</c>, else to <c>nobody</c>. Anybody else runs the stores as
/// himself.
/// </summary>
internal sealed class StoreAccount
{
    // In the order of preference. Nothing, where the account can reach the folder by its own rights. Else the right to
    // read and traverse any folder, else (containers often grant only this one) to access any file: a checkout under
    // /root or in a private temporary folder works so, and everything in the stores' own folder is theirs anyway.
    private static readonly string?[] _capabilities = [null, "dac_read_search", "dac_override"];

    private readonly IReadOnlyList<string> _prefix;

    private StoreAccount(string name, string owner, IReadOnlyList<string> prefix)
    {
        Name = name;
        Owner = owner;
        _prefix = prefix;
    }

    public string Name { get; }

    /// <summary><c>uid:gid</c> for chown; empty when nothing is given away.</summary>
    private string Owner { get; }

    /// <summary>
    /// Creates the folder if need be, gives it to the account and finds out how the account gets there.
    /// </summary>
    public static async Task<StoreAccount> PrepareAsync(string folder, CancellationToken cancellationToken)
    {
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        Directory.CreateDirectory(folder, Private);
        if (!Environment.IsPrivilegedProcess)
        {
            await ThrowIfNotOwnAsync(folder, cancellationToken);
            return new StoreAccount(Environment.UserName, "", []);
        }

        var (name, uid, gid) = await FindOwnerAsync(folder, cancellationToken) is { Uid: not "0" } owner
            ? owner
            : await FindUnprivilegedAsync(cancellationToken);
        await RunAsync(["chown", $"{uid}:{gid}", folder], cancellationToken);
        foreach (var capability in _capabilities)
        {
            var prefix = Prefix(uid, gid, capability);
            var probe = await Tool.RunAsync(
                [.. prefix, "sh", "-c", "test -r \"$1\" && test -w \"$1\" && test -x \"$1\"", "sh", folder],
                cancellationToken);
            if (probe.Succeeded)
                return new StoreAccount(name, $"{uid}:{gid}", prefix);
        }

        throw new CtlException(
            $"PostgreSQL refuses to run as root, and the user {name}, who would run it, cannot reach {folder}.",
            "Put the data where others may traverse, as in --data /var/tmp/daprsocial, or run as an ordinary user.");
    }

    /// <summary>The command that runs <paramref name="command"/> under the account, in the same process.</summary>
    public IReadOnlyList<string> Wrap(IReadOnlyList<string> command) => [.. _prefix, .. command];

    /// <summary>Gives one file or folder, not what is in it, to the account.</summary>
    public Task GiveAsync(string path, CancellationToken cancellationToken) =>
        Owner.Length == 0 ? Task.CompletedTask : RunAsync(["chown", Owner, path], cancellationToken);

    private static IReadOnlyList<string> Prefix(string uid, string gid, string? capability)
    {
        var granted = capability is null ? "-all" : $"-all,+{capability}";
        return
        [
            "setpriv", $"--reuid={uid}", $"--regid={gid}", "--clear-groups", "--no-new-privs",
            $"--inh-caps={granted}", $"--ambient-caps={granted}", "--",
        ];
    }

    private static async Task<(string Name, string Uid, string Gid)> FindUnprivilegedAsync(
        CancellationToken cancellationToken)
    {
        foreach (var name in (string[])["postgres", "nobody"])
        {
            var uid = await Tool.RunAsync(["id", "-u", name], cancellationToken);
            var gid = await Tool.RunAsync(["id", "-g", name], cancellationToken);
            if (uid.Succeeded && gid.Succeeded)
                return (name, uid.Output.Trim(), gid.Output.Trim());
        }

        throw new CtlException(
            "PostgreSQL refuses to run as root, and this system has neither a user postgres nor nobody.",
            "Create one (useradd --system postgres), or run as an ordinary user.");
    }

    private static async Task ThrowIfNotOwnAsync(string folder, CancellationToken cancellationToken)
    {
        var owner = await FindOwnerAsync(folder, cancellationToken);
        var mine = await Tool.RunAsync(["id", "-u"], cancellationToken);
        if (owner.Uid == mine.Output.Trim())
            return;
        throw new CtlException(
            $"{folder} belongs to the user {owner.Name}, from an earlier run as root.",
            "Run as root again, remove that folder, or keep your data elsewhere with --data DIR.");
    }

    private static async Task<(string Name, string Uid, string Gid)> FindOwnerAsync(
        string folder, CancellationToken cancellationToken)
    {
        var owner = await Tool.RunAsync(["stat", "-c", "%U %u %g", folder], cancellationToken);
        return owner.Output.Trim().Split(' ') is [var name, var uid, var gid]
            ? (name, uid, gid)
            : throw new CtlException($"{folder} cannot be examined: {owner.Tail(1)}", "Check the folder's rights.");
    }

    private static async Task RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var result = await Tool.RunAsync(command, cancellationToken);
        if (!result.Succeeded)
        {
            throw new CtlException(
                $"{string.Join(' ', command)} failed: {result.Tail(3)}", "Check the folder's rights.");
        }
    }
}
