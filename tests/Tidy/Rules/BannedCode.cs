using System.Text.RegularExpressions;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>Words that have no place in code, each with what takes its place.</summary>
internal static partial class BannedCode
{
    private static readonly IReadOnlyList<Ban> _bans =
    [
        new(@"\bDateTime(?:Offset)?\s*\.\s*(?:UtcNow|Now|Today)\b", "take the time from an injected TimeProvider."),
        new(@"\.Result\b(?!\s*\()", "await the task; a blocked thread starves the pool."),
        new(@"\.Wait\s*\(", "await the task, or WaitAsync; a blocked thread starves the pool."),
        new(@"\.GetAwaiter\s*\(\s*\)\s*\.GetResult\b", "await the task; a blocked thread starves the pool."),
        new(@"\bThread\s*\.\s*Sleep\b", "wait for what you wait for: a signal, a task, or a TimeProvider's timer."),
        new(
            @"\bTask\s*\.\s*Delay\s*\((?!\s*Timeout\s*\.\s*Infinite)",
            "tests do not sleep: pump with DrainAsync, move a fake TimeProvider on, or await a TaskCompletionSource.",
            file => file.IsTest),
        new(@"\bdynamic\b", "name the type."),
        new(
            @"\bIServiceProvider\b",
            "inject what is needed; IServiceProvider belongs in *Module.cs, Program.cs and hosting.",
            file => !file.IsTest && !file.IsOneOf(ResolvingFiles())),
        new(
            @"\b(?:Ansi)?Console\s*\.",
            "log, or write to a TextWriter; only tools/Ctl and the Program.cs of a tool talk to the terminal.",
            file => !file.IsOneOf(TerminalFiles())),
        new(
            @"\bCancellationToken\s+\w+\s*=\s*default\b",
            "make the token a required last parameter; a default is a token that somebody forgot to pass.",
            file => !file.IsUnder("platform/polyfills")),
        new(
            @"\bGuid\s*\.\s*(?:NewGuid|CreateVersion7)\s*\(",
            "take ids from platform/Identifiers: they are UUIDv7, monotonic per actor, and injected.",
            file => !file.IsTest && !file.IsOneOf(IdentifyingFiles())),
        new(@"\basync\s+void\b", "return a Task; an exception in async void ends the process."),
    ];

    public static IEnumerable<Finding> Check(SourceFile file)
    {
        if (!file.IsCSharp || file.IsGenerated)
            return [];
        var bans = _bans.Where(ban => ban.AppliesTo(file)).SelectMany(ban => ban.Pattern.Matches(file.Code)
            .Select(match => file.FindingAt(match.Index, $"`{match.Value.Trim()}` is banned: {ban.Instead}")));
        return bans.Concat(Regions(file));
    }

    private static IEnumerable<Finding> Regions(SourceFile file) => file.Segments
        .Where(segment => segment.Kind == CSharp.SegmentKind.Directive)
        .Where(segment => RegionPattern().IsMatch(file.TextOf(segment)))
        .Select(segment => file.FindingAt(
            segment.Start, "`#region` is banned: a part that wants a heading wants a type or a file of its own."));

    [GeneratedRegex(@"^#\s*region\b")]
    private static partial Regex RegionPattern();

    // Modules, entry points, hosting, and extension methods of the service collection build the graph of objects. The
    // client factory is written to an official surface that hands the provider to its callers.
    [GeneratedRegex(
        @"Module\.cs$|(^|/)Program\.cs$|^platform/Hosting/|^platform/polyfills/|HostedService\.cs$" +
        @"|^platform/Grpc/Net/ClientFactory/|ServiceExtensions\.cs$|ServiceCollectionExtensions\.cs$")]
    private static partial Regex ResolvingFiles();

    // The stand-in makes up ids of CloudEvents as daprd does; nothing of ours depends on them.
    [GeneratedRegex("^platform/Identifiers/|^tools/Sidecar/")]
    private static partial Regex IdentifyingFiles();

    [GeneratedRegex(@"^tools/Ctl/|^tools/[^/]+/Program\.cs$")]
    private static partial Regex TerminalFiles();

    private sealed class Ban(string pattern, string instead, Func<SourceFile, bool>? appliesTo = null)
    {
        public Regex Pattern { get; } = new(pattern, RegexOptions.CultureInvariant);

        public string Instead => instead;

        public bool AppliesTo(SourceFile file) => appliesTo?.Invoke(file) ?? true;
    }
}
