namespace DaprSocial.Load;

/// <summary>Hears how far the demo is. Called often and from many threads.</summary>
public interface IDemoProgress
{
    /// <summary>Says how much of a stage is done. Within a stage calls may overtake each other.</summary>
    /// <param name="stage">Name of the stage, for example <c>follows</c>; stages come one after the other.</param>
    /// <param name="done">Units done so far; equal to <paramref name="total"/> exactly once, at the end.</param>
    /// <param name="total">Units of the whole stage; at least 1.</param>
    void Report(string stage, long done, long total);
}
