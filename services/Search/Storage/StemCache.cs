using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace DaprSocial.Search.Storage;

/// <summary>Stems of words, by PostgreSQL's dictionaries; those asked for before need no database.</summary>
internal sealed class StemCache
{
    // About 150 bytes each; above this the whole is forgotten, which costs time, not answers.
    private const int StemsMax = 200_000;

    // No row for a word that the language does not count, such as "the".
    private const string ReadStems = """
        select (c.i - 1)::int, (ts_lexize(c.dictionary::regdictionary, c.word))[1]
        from unnest(@dictionaries, @words) with ordinality as c(dictionary, word, i)
        """;

    private readonly ConcurrentDictionary<(string Dictionary, string Word), string?> _stems = new();
    // Counted here, and roughly: the dictionary's own count takes all of its locks.
    private int _count;

    /// <summary>The stems of words.</summary>
    /// <param name="wanted">Words in lower case, with accents.</param>
    /// <param name="openAsync">Opens a connection, if one is needed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Stems> ReadAsync(
        IEnumerable<(string Dictionary, string Word)> wanted, Func<ValueTask<NpgsqlConnection>> openAsync,
        CancellationToken cancellationToken)
    {
        var found = new Dictionary<(string, string), string?>();
        var missing = new List<(string Dictionary, string Word)>();
        foreach (var key in wanted.Distinct())
        {
            if (_stems.TryGetValue(key, out var stem))
                found[key] = stem;
            else
                missing.Add(key);
        }

        if (missing.Count == 0)
            return new Stems(found);
        var parameters = new
        {
            dictionaries = missing.Select(key => key.Dictionary).ToArray(),
            words = missing.Select(key => key.Word).ToArray(),
        };
        var connection = await openAsync();
        foreach (var (i, stem) in await connection.QueryAsync<(int, string?)>(
            new CommandDefinition(ReadStems, parameters, cancellationToken: cancellationToken)))
        {
            found[missing[i]] = stem;
            Keep(missing[i], stem);
        }

        return new Stems(found);
    }

    private void Keep((string Dictionary, string Word) key, string? stem)
    {
        if (Volatile.Read(ref _count) >= StemsMax)
        {
            _stems.Clear();
            Volatile.Write(ref _count, 0);
        }

        if (_stems.TryAdd(key, stem))
            Interlocked.Increment(ref _count);
    }
}
