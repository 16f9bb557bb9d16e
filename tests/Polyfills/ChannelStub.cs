using Grpc.Core;

namespace DaprSocial.Polyfills.Tests;

/// <summary>A channel to a given invoker.</summary>
internal sealed class ChannelStub(CallInvoker invoker) : ChannelBase("target")
{
    public int Shutdowns { get; private set; }

    public override CallInvoker CreateCallInvoker() => invoker;

    protected override Task ShutdownAsyncCore()
    {
        Shutdowns++;
        return Task.CompletedTask;
    }
}
