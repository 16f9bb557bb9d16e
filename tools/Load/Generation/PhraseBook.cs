namespace DaprSocial.Load.Generation;

/// <summary>Parts of sentences in one language; any opening, subject and ending make a text.</summary>
internal sealed record PhraseBook(
    string Language,
    string Separator,
    IReadOnlyList<string> Openings,
    IReadOnlyList<string> Subjects,
    IReadOnlyList<string> Endings);
