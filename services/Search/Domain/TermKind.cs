namespace DaprSocial.Search.Domain;

/// <summary>What a term of a query asks for.</summary>
internal enum TermKind
{
    /// <summary>A word, in any of its grammatical forms.</summary>
    Word,

    /// <summary>Words in this order, as they are written.</summary>
    Phrase,

    /// <summary>A hashtag.</summary>
    Tag,

    /// <summary>Words that begin so.</summary>
    Prefix,
}
