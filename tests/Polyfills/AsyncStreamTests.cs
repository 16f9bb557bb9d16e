using Grpc.Core;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

public sealed class AsyncStreamTests
{
    [Fact]
    public async Task ReadAllAsync_Messages_GivesThemInOrder()
    {
        var stream = new StreamStub("a", "b", "c");

        Assert.Equal(["a", "b", "c"], await stream.ReadAllAsync().ToListAsync());
    }

    [Fact]
    public async Task ReadAllAsync_NoMessages_GivesNone()
    {
        Assert.Empty(await new StreamStub().ReadAllAsync().ToListAsync());
    }

    [Fact]
    public async Task ReadAllAsync_Token_ReachesTheStream()
    {
        using var cancellation = new CancellationTokenSource();
        var direct = new StreamStub();
        var byEnumerator = new StreamStub();

        await direct.ReadAllAsync(cancellation.Token).ToListAsync();
        await byEnumerator.ReadAllAsync().ToListAsync(cancellation.Token);

        Assert.Equal([cancellation.Token], direct.Tokens);
        Assert.Equal([cancellation.Token], byEnumerator.Tokens);
    }

    [Fact]
    public void ReadAllAsync_NullStream_ThrowsAtOnce()
    {
        Assert.Throws<ArgumentNullException>(() => ((IAsyncStreamReader<string>)null!).ReadAllAsync());
    }

    [Fact]
    public async Task MoveNext_NoToken_CannotBeCancelled()
    {
        var stream = new StreamStub("a");

        Assert.True(await stream.MoveNext());
        Assert.Equal("a", stream.Current);
        Assert.Equal([CancellationToken.None], stream.Tokens);
        Assert.False(await stream.MoveNext());
    }

    [Fact]
    public void MoveNext_NullStream_Throws()
    {
        Assert.Throws<ArgumentNullException>(() => { _ = ((IAsyncStreamReader<string>)null!).MoveNext(); });
    }

    [Fact]
    public async Task WriteAsync_TokenThatCannotBeCancelled_Writes()
    {
        var stream = new StreamStub();
        IAsyncStreamWriter<string> writer = stream;

        await writer.WriteAsync("a", CancellationToken.None);

        Assert.Equal(["a"], stream.Written);
    }

    [Fact]
    public async Task WriteAsync_TokenNotSupportedByTheWriter_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var stream = new StreamStub();
        IAsyncStreamWriter<string> writer = stream;

        await Assert.ThrowsAsync<NotSupportedException>(() => writer.WriteAsync("a", cancellation.Token));
        Assert.Empty(stream.Written);
    }
}
