namespace DaprSocial.Load;

/// <summary>An input file cannot be used. Thrown before anything is sent.</summary>
public sealed class InputException : Exception
{
    public InputException(string file, string problem)
        : base($"{file}: {problem}")
    {
        File = file;
        Problem = problem;
    }

    public InputException(string file, int line, string problem)
        : base($"{file}, line {line}: {problem}")
    {
        File = file;
        Line = line;
        Problem = problem;
    }

    /// <summary>The file as it was named to the demo.</summary>
    public string File { get; }

    /// <summary>Number of the broken line, from 1; null when the file as a whole is the problem.</summary>
    public int? Line { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }
}
