using System.CommandLine.Parsing;

namespace DaprSocial.Sidecar;

/// <summary>Reads the --set flag of the command line.</summary>
internal static class MetadataFlag
{
    /// <summary>Reads COMPONENT:NAME=VALUE, such as statestore:redisHost=127.0.0.1:5402; the last one counts.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Parse(
        IEnumerable<string> texts, ArgumentResult argument)
    {
        var all = new Dictionary<string, Dictionary<string, string>>();
        foreach (var text in texts)
        {
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (colon <= 0 || equals <= colon + 1)
            {
                argument.AddError($"--set {text} is not COMPONENT:NAME=VALUE");
                continue;
            }

            if (!all.TryGetValue(text[..colon], out var metadata))
                all[text[..colon]] = metadata = [];
            metadata[text[(colon + 1)..equals]] = text[(equals + 1)..];
        }

        return all.ToDictionary(
            component => component.Key, component => (IReadOnlyDictionary<string, string>)component.Value);
    }
}
