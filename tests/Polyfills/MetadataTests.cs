using System.Text;
using Grpc.Core;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

public sealed class MetadataTests
{
    [Fact]
    public void Key_MixedCase_BecomesLowerCase()
    {
        var entry = new Metadata.Entry("X-Request-Id", "1");

        Assert.Equal("x-request-id", entry.Key);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("a/b")]
    [InlineData("ключ")]
    [InlineData("\u212A")] // The Kelvin sign, which lower-casing would turn into a plain k.
    public void Key_ForbiddenCharacter_Throws(string key)
    {
        Assert.Throws<ArgumentException>(nameof(key), () => new Metadata.Entry(key, "1"));
    }

    [Fact]
    public void Key_EveryAllowedCharacter_IsKept()
    {
        var key = "abcdefghijklmnopqrstuvwxyz0123456789._-";

        Assert.Equal(key, new Metadata.Entry(key, "1").Key);
    }

    [Theory]
    [InlineData("token-bin")]
    [InlineData("Token-BIN")]
    public void TextEntry_BinaryKey_Throws(string key)
    {
        Assert.Throws<ArgumentException>(nameof(key), () => new Metadata.Entry(key, "text"));
    }

    [Fact]
    public void BinaryEntry_TextKey_Throws()
    {
        Assert.Throws<ArgumentException>("key", () => new Metadata.Entry("token", [1]));
    }

    [Fact]
    public void Entry_NullArguments_Throws()
    {
        Assert.Throws<ArgumentNullException>("key", () => new Metadata.Entry(null!, "1"));
        Assert.Throws<ArgumentNullException>("value", () => new Metadata.Entry("a", (string)null!));
        Assert.Throws<ArgumentNullException>("valueBytes", () => new Metadata.Entry("a-bin", (byte[])null!));
    }

    [Fact]
    public void BinaryEntry_Value_Throws()
    {
        var entry = new Metadata.Entry("token-bin", [1, 2]);

        Assert.True(entry.IsBinary);
        Assert.Throws<InvalidOperationException>(() => entry.Value);
    }

    [Fact]
    public void BinaryEntry_CallersArrayChanged_KeepsItsBytes()
    {
        byte[] bytes = [1, 2];
        var entry = new Metadata.Entry("token-bin", bytes);

        bytes[0] = 9;
        entry.ValueBytes[1] = 9;

        Assert.Equal([1, 2], entry.ValueBytes);
    }

    [Fact]
    public void TextEntry_ValueBytes_GivesAscii()
    {
        var entry = new Metadata.Entry("a", "text");

        Assert.False(entry.IsBinary);
        Assert.Equal(Encoding.ASCII.GetBytes("text"), entry.ValueBytes);
    }

    [Fact]
    public void Entry_ToString_NamesKeyAndValue()
    {
        Assert.Equal("[Entry: key=a, value=text]", new Metadata.Entry("a", "text").ToString());
        Assert.Equal("[Entry: key=a-bin, valueBytes=01FF]", new Metadata.Entry("a-bin", [1, 255]).ToString());
    }

    [Fact]
    public void Get_RepeatedKey_GivesTheLast()
    {
        var metadata = new Metadata { { "a", "1" }, { "b", "2" }, { "A", "3" } };

        Assert.Same(metadata[2], metadata.Get("a"));
        Assert.Equal("3", metadata.GetValue("A"));
        Assert.Null(metadata.Get("c"));
        Assert.Null(metadata.GetValue("c"));
        Assert.Null(metadata.GetValueBytes("c-bin"));
    }

    [Fact]
    public void GetValue_BinaryEntry_Throws()
    {
        var metadata = new Metadata { { "a-bin", [1] } };

        Assert.Throws<InvalidOperationException>(() => metadata.GetValue("a-bin"));
        Assert.Equal([1], metadata.GetValueBytes("A-BIN"));
    }

    [Fact]
    public void GetAll_RepeatedKey_GivesAllInOrder()
    {
        var metadata = new Metadata { { "a", "1" }, { "b", "2" }, { "A", "3" } };

        Assert.Equal(["1", "3"], metadata.GetAll("a").Select(entry => entry.Value));
        Assert.Empty(metadata.GetAll("c"));
    }

    [Fact]
    public void List_InsertRemoveReplace_BehavesAsAList()
    {
        Metadata.Entry first = new("a", "1"), second = new("b", "2"), third = new("c", "3");
        var metadata = new Metadata { second };

        metadata.Insert(0, first);
        metadata[1] = third;

        Assert.Equal([first, third], metadata);
        Assert.Equal(1, metadata.IndexOf(third));
        Assert.DoesNotContain(second, metadata);
        Assert.True(metadata.Remove(first));
        Assert.False(metadata.Remove(first));
        metadata.RemoveAt(0);
        Assert.Empty(metadata);
    }

    [Fact]
    public void List_NullEntry_Throws()
    {
        var metadata = new Metadata { { "a", "1" } };

        Assert.Throws<ArgumentNullException>(() => metadata.Add(null!));
        Assert.Throws<ArgumentNullException>(() => metadata.Insert(0, null!));
        Assert.Throws<ArgumentNullException>(() => metadata[0] = null!);
    }

    [Fact]
    public void CopyTo_Offset_CopiesInOrder()
    {
        var metadata = new Metadata { { "a", "1" }, { "b", "2" } };
        var entries = new Metadata.Entry[3];

        metadata.CopyTo(entries, 1);

        Assert.Null(entries[0]);
        Assert.Equal(metadata, entries[1..]);
    }

    public static TheoryData<string, Action<Metadata>> Changes => new()
    {
        { "add text", metadata => metadata.Add("a", "1") },
        { "add bytes", metadata => metadata.Add("a-bin", [1]) },
        { "add entry", metadata => metadata.Add(new Metadata.Entry("a", "1")) },
        { "insert", metadata => metadata.Insert(0, new Metadata.Entry("a", "1")) },
        { "replace", metadata => metadata[0] = new Metadata.Entry("a", "1") },
        { "remove", metadata => metadata.Remove(new Metadata.Entry("a", "1")) },
        { "remove at", metadata => metadata.RemoveAt(0) },
        { "clear", metadata => metadata.Clear() },
    };

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public void Empty_Changed_Throws(string change, Action<Metadata> apply)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => apply(Metadata.Empty));

        Assert.True(exception.Message == "Object is read only", change);
        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.Empty(Metadata.Empty);
    }
}
