namespace DaprSocial.Ctl.Output;

/// <summary>How a command tells what it is doing. A step over a second shows its elapsed time while it runs.</summary>
internal interface IProgressReport
{
    /// <summary>
    /// Runs <paramref name="work"/> as one step; it may report details of the moment through its argument.
    /// </summary>
    Task<T> StepAsync<T>(string title, Func<Action<string>, Task<T>> work);

    /// <summary>Prints one line between steps.</summary>
    void Say(string line);
}
