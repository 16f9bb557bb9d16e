using Grpc.Core;

namespace DaprSocial.Grpc.Tests.ClientFactory;

/// <summary>What the service saw of its callers.</summary>
internal sealed class EchoProbe
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the first request.</summary>
    public Task Entered => _entered.Task;

    /// <summary>Completes when a hanging call has been given up.</summary>
    public Task GivenUp => _givenUp.Task;

    /// <summary>Of the latest call.</summary>
    public DateTime Deadline { get; private set; }

    /// <summary>Of the latest call.</summary>
    public Metadata Headers { get; private set; } = [];

    /// <summary>Of the latest call.</summary>
    public string Host { get; private set; } = "";

    public void Enter(ServerCallContext context)
    {
        (Deadline, Headers, Host) = (context.Deadline, context.RequestHeaders, context.Host);
        _entered.TrySetResult();
    }

    public void GiveUp() => _givenUp.TrySetResult();
}
