namespace DaprSocial.Load.Generation;

/// <summary>Draws ranks 0, 1, 2 … with weights 1, 1/2, 1/3 …: few speak often, most rarely.</summary>
internal sealed class ZipfSampler
{
    private readonly double[] _cumulative;

    public ZipfSampler(int count, double exponent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        _cumulative = new double[count];
        var sum = 0.0;
        for (var rank = 0; rank < count; rank++)
        {
            sum += 1 / Math.Pow(rank + 1, exponent);
            _cumulative[rank] = sum;
        }
    }

    public int Sample(SeededRandom random)
    {
        var found = Array.BinarySearch(_cumulative, random.Fraction() * _cumulative[^1]);
        return Math.Min(found >= 0 ? found + 1 : ~found, _cumulative.Length - 1);
    }
}
