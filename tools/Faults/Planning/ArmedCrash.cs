namespace DaprSocial.Faults.Planning;

/// <summary>A process that starts with this ends itself when it reaches a place in the code.</summary>
/// <param name="Point">Name of the crash point.</param>
/// <param name="Count">At which time that it is reached, from 1.</param>
public sealed record ArmedCrash(string Point, int Count);
