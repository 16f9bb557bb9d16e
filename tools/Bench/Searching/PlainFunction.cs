namespace DaprSocial.Bench.Searching;

/// <summary>How a plain query is made of words.</summary>
internal enum PlainFunction
{
    /// <summary>plainto_tsquery: all words.</summary>
    Words,

    /// <summary>phraseto_tsquery: these words in this order.</summary>
    Phrase,

    /// <summary>to_tsquery with a star.</summary>
    Prefix,
}
