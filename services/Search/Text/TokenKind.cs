namespace DaprSocial.Search.Text;

/// <summary>What sort of word a token is.</summary>
internal enum TokenKind
{
    /// <summary>Letters and digits between other characters.</summary>
    Word,

    /// <summary>A hashtag; its exact form begins with #. The words in it follow as tokens of their own.</summary>
    Tag,

    /// <summary>Two neighbours, or the last one, of a run in a script that is written without spaces.</summary>
    Bigram,
}
