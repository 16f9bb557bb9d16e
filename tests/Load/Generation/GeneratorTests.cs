using System.Text.RegularExpressions;
using DaprSocial.Load.Generation;
using DaprSocial.Load.Input;

namespace DaprSocial.Load.Tests.Generation;

public sealed class GeneratorTests
{
    [Fact]
    public void SeededRandom_KnownSeed_GivesKnownNumbers()
    {
        var random = new SeededRandom("a", "b");

        Assert.Equal([4, 1, 16, 9], Enumerable.Range(0, 4).Select(_ => random.Below(20)));
    }

    [Fact]
    public void PowerLawGraph_SameSeed_IsTheSameGraph()
    {
        var one = PowerLawGraph.Generate("x", 100);
        var again = PowerLawGraph.Generate("x", 100);
        var other = PowerLawGraph.Generate("y", 100);

        Assert.Equal(one.Edges, again.Edges);
        Assert.Equal(one.Key, again.Key);
        Assert.NotEqual(one.Key, other.Key);
    }

    [Fact]
    public void PowerLawGraph_Degrees_HaveAHeavyTail()
    {
        var graph = PowerLawGraph.Generate("x", 1_000);
        var degrees = new int[graph.UserCount];
        foreach (var edge in graph.Edges)
        {
            degrees[edge.Low]++;
            degrees[edge.High]++;
        }

        Array.Sort(degrees);
        var topTenthShare = degrees[^100..].Sum() / (double)degrees.Sum();

        Assert.Equal(1_000, graph.UserCount);
        Assert.True(degrees[0] >= 1);
        Assert.InRange(degrees[500], 4, 7);
        Assert.True(degrees[^1] >= 10 * degrees[500], $"greatest {degrees[^1]}, middle {degrees[500]}");
        Assert.InRange(topTenthShare, 0.25, 0.60);
    }

    [Fact]
    public void ZipfSampler_ManyDraws_FollowTheLaw()
    {
        var random = new SeededRandom("zipf");
        var sampler = new ZipfSampler(100, 1.0);
        var counts = new int[100];
        for (var draw = 0; draw < 100_000; draw++)
        {
            counts[sampler.Sample(random)]++;
        }

        // The harmonic number of 100 is 5.19.
        Assert.InRange(counts[0] / 100_000.0, 0.18, 0.21);
        Assert.InRange(counts[0] / (double)counts[9], 8.5, 11.5);
        Assert.All(counts, count => Assert.True(count > 0));
    }

    [Fact]
    public void TextGenerator_AnySeed_GivesDistinctTextsInManyLanguages()
    {
        var texts = TextGenerator.Generate("1", 500);

        Assert.Equal(500, texts.Texts.Distinct().Count());
        Assert.All(texts.Texts, text => Assert.True(TextLimits.Allows(text.Text), text.Text));
        Assert.True(texts.Texts.Select(text => text.Language).Distinct().Count() >= 5);
        Assert.Equal(texts.Texts, TextGenerator.Generate("1", 500).Texts);
        Assert.NotEqual(texts.Key, TextGenerator.Generate("2", 500).Key);
    }

    [Fact]
    public void People_OfOneGraph_HaveValidUniqueHandles()
    {
        var key = PowerLawGraph.Generate("x", 50).Key;
        var handles = Enumerable.Range(0, 5_000).Append(9_999_999).Select(user => People.HandleOf(key, user)).ToArray();

        Assert.All(handles, handle => Assert.Matches(new Regex("^[a-z0-9_]{3,30}$"), handle));
        Assert.Equal(handles.Length, handles.Distinct().Count());
        Assert.Equal(People.DisplayNameOf(key, 7), People.DisplayNameOf(key, 7));
        Assert.NotEqual(People.HandleOf(key, 7), People.HandleOf("0123456789", 7));
    }
}
