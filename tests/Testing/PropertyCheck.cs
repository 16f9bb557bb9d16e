using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace DaprSocial.Testing;

/// <summary>Checks what must be true of every value, on values that are the same in every run.</summary>
public static class PropertyCheck
{
    private const int ValueCount = 300;
    private const ulong Seed = 20_260_101;
    private const ulong Gamma = 1_234_567_891;

    /// <summary>Throws with the value for which <paramref name="property"/> does not hold, if there is one.</summary>
    /// <param name="values">Makes values.</param>
    /// <param name="property">What must be true; an exception counts as false.</param>
    public static void Holds<T>(Gen<T> values, Func<T, bool> property)
    {
        var replay = new Replay(new Rnd(Seed, Gamma), FSharpOption<int>.None);
        var config = Config.QuickThrowOnFailure.WithMaxTest(ValueCount).WithReplay(FSharpOption<Replay>.Some(replay));
        Prop.ForAll(values.ToArbitrary(), property).Check(config);
    }
}
