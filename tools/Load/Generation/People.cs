namespace DaprSocial.Load.Generation;

/// <summary>Names people. Who they are depends on the graph alone, so every seed meets the same users.</summary>
internal static class People
{
    private static readonly string[] FirstNames =
    [
        "Ada", "Aiko", "Amara", "Anders", "Bela", "Bruno", "Carmen", "Chidi", "Clara", "Dana", "Dmitri", "Elif",
        "Emil", "Farid", "Fatima", "Greta", "Hana", "Hugo", "Ines", "Ivan", "Jonas", "Jun", "Kaya", "Kofi", "Lena",
        "Li", "Luca", "Maren", "Mei", "Milan", "Mira", "Nadia", "Nils", "Noor", "Olga", "Omar", "Pablo", "Priya",
        "Quentin", "Rosa", "Sami", "Sofia", "Tariq", "Tessa", "Uma", "Viktor", "Wanda", "Xenia", "Yusuf", "Zoe",
    ];

    private static readonly string[] LastNames =
    [
        "Adeyemi", "Becker", "Castro", "Demir", "Eriksen", "Fischer", "García", "Haddad", "Ito", "Jansen", "Kowalski",
        "Lindgren", "Mbeki", "Novák", "Okafor", "Petrov", "Quispe", "Rossi", "Schäfer", "Tanaka", "Ueda", "Vargas",
        "Wang", "Xu", "Yılmaz", "Zhang",
    ];

    /// <summary>A handle of a-z, 0-9 and underscore, at most 30 characters for up to 10 million users.</summary>
    public static string HandleOf(string graphKey, int index) =>
        $"{FirstNameOf(graphKey, index).ToLowerInvariant()}_{index}_{graphKey}";

    public static string DisplayNameOf(string graphKey, int index)
    {
        var random = new SeededRandom("last name", graphKey, $"{index}");
        return $"{FirstNameOf(graphKey, index)} {random.Pick(LastNames)}";
    }

    private static string FirstNameOf(string graphKey, int index) =>
        new SeededRandom("first name", graphKey, $"{index}").Pick(FirstNames);
}
