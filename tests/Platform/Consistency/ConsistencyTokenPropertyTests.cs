using DaprSocial.Consistency;
using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace DaprSocial.Platform.Tests.Consistency;

/// <summary>What must hold of any tokens, as long as the limit drops nothing.</summary>
public sealed class ConsistencyTokenPropertyTests
{
    // Few streams, so that two tokens mostly share some; 36 in all, so that a merge never meets the limit.
    private static readonly Guid[] _logs = [Uuid.Create(1), Uuid.Create(2)];
    private static readonly Guid[] _streams = [.. Enumerable.Range(1, 6).Select(index => Uuid.Create(index))];

    [Fact]
    public void Merge_InEitherOrder_NamesTheSame() => PropertyCheck.Holds(
        Gen.Two(Tokens()), pair => SetOf(pair.Item1.Merge(pair.Item2)).SetEquals(SetOf(pair.Item2.Merge(pair.Item1))));

    [Fact]
    public void Merge_InEitherGrouping_NamesTheSame() => PropertyCheck.Holds(
        Gen.Three(Tokens()), three => SetOf(three.Item1.Merge(three.Item2).Merge(three.Item3))
            .SetEquals(SetOf(three.Item1.Merge(three.Item2.Merge(three.Item3)))));

    [Fact]
    public void Merge_WithItself_NamesTheSame() =>
        PropertyCheck.Holds(Tokens(), token => SetOf(token.Merge(token)).SetEquals(SetOf(token)));

    [Fact]
    public void Merge_OfTwo_CoversBothAndNothingMore() => PropertyCheck.Holds(Gen.Two(Tokens()), pair =>
    {
        var merged = pair.Item1.Merge(pair.Item2);
        return Covers(merged, pair.Item1) && Covers(merged, pair.Item2)
            && merged.Streams.All(stream => pair.Item1.Streams.Contains(stream) || pair.Item2.Streams.Contains(stream));
    });

    [Fact]
    public void Streams_OfAnyMerge_AreEachThereOnce() => PropertyCheck.Holds(Gen.Two(Tokens()), pair =>
    {
        var streams = pair.Item1.Merge(pair.Item2).Streams;
        return streams.DistinctBy(stream => (stream.LogId, stream.Topic, stream.Stream)).Count() == streams.Length;
    });

    [Fact]
    public void ToString_ParsedAgain_NamesTheSame() => PropertyCheck.Holds(
        Tokens(), token => SetOf(ConsistencyToken.Parse(token.ToString())).SetEquals(SetOf(token)));

    [Fact]
    public void ToString_OfTheSameStreamsInAnyOrder_IsTheSameText() => PropertyCheck.Holds(
        Tokens(), token => ConsistencyToken.Of(token.Streams.Reverse()).ToString() == token.ToString());

    [Fact]
    public void Parse_AnyChangeOfAToken_IsReadOrRefused() => PropertyCheck.Holds(
        Gen.Zip(Tokens(), Gen.Zip(Gen.Choose(0, 10_000), Gen.Elements("Az09-_= %".ToCharArray()))), change =>
        {
            var (token, (place, letter)) = change;
            var text = token.ToString().ToCharArray();
            if (text.Length > 0)
                text[place % text.Length] = letter;
            try
            {
                return ConsistencyToken.Parse(new string(text)).Streams.All(stream => stream.Version > 0);
            }
            catch (ServiceException refusal)
            {
                return refusal.Reason == ErrorReason.InvalidConsistencyToken;
            }
        });

    private static Gen<ConsistencyToken> Tokens()
    {
        var writes =
            from log in Gen.Elements(_logs)
            from topic in Gen.Elements("users", "posts", "graph")
            from stream in Gen.Elements(_streams)
            from version in Gen.Choose(1, 5)
            select new StreamVersion(log, topic, stream, version);
        return writes.ListOf().Select(list => ConsistencyToken.Of(list));
    }

    private static HashSet<StreamVersion> SetOf(ConsistencyToken token) => [.. token.Streams];

    private static bool Covers(ConsistencyToken token, ConsistencyToken other) => other.Streams.All(asked =>
        token.Streams.Any(stream => stream with { Version = asked.Version } == asked && stream.Version >= asked.Version));
}
