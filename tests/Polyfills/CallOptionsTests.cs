using Grpc.Core;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

public sealed class CallOptionsTests
{
    [Fact]
    public void Default_Always_HoldsNothing()
    {
        var options = default(CallOptions);

        Assert.Null(options.Headers);
        Assert.Null(options.Deadline);
        Assert.Null(options.WriteOptions);
        Assert.Null(options.PropagationToken);
        Assert.Null(options.Credentials);
        Assert.False(options.CancellationToken.CanBeCanceled);
        Assert.False(options.IsWaitForReady);
    }

    [Fact]
    public void With_EachProperty_ChangesOnlyTheCopy()
    {
        using var cancellation = new CancellationTokenSource();
        var original = default(CallOptions);
        var headers = new Metadata();
        var deadline = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var writeOptions = new WriteOptions(WriteFlags.NoCompress);
        var credentials = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);

        var copy = original
            .WithHeaders(headers)
            .WithDeadline(deadline)
            .WithCancellationToken(cancellation.Token)
            .WithWriteOptions(writeOptions)
            .WithCredentials(credentials)
            .WithWaitForReady();

        Assert.Same(headers, copy.Headers);
        Assert.Equal(deadline, copy.Deadline);
        Assert.Equal(cancellation.Token, copy.CancellationToken);
        Assert.Same(writeOptions, copy.WriteOptions);
        Assert.Same(credentials, copy.Credentials);
        Assert.True(copy.IsWaitForReady);
        Assert.False(copy.WithWaitForReady(false).IsWaitForReady);
        Assert.Null(copy.WithPropagationToken(null!).PropagationToken);
        Assert.Null(original.Headers);
        Assert.False(original.IsWaitForReady);
    }

    [Fact]
    public void WriteOptions_NoFlags_AreZero()
    {
        Assert.Equal((WriteFlags)0, WriteOptions.Default.Flags);
        Assert.Equal(WriteFlags.BufferHint | WriteFlags.NoCompress, new WriteOptions((WriteFlags)3).Flags);
    }

    [Fact]
    public void ContextPropagationOptions_Default_PropagatesBoth()
    {
        Assert.True(ContextPropagationOptions.Default.IsPropagateDeadline);
        Assert.True(ContextPropagationOptions.Default.IsPropagateCancellation);
        Assert.False(new ContextPropagationOptions(propagateDeadline: false).IsPropagateDeadline);
        Assert.False(new ContextPropagationOptions(propagateCancellation: false).IsPropagateCancellation);
    }
}
