using System.Text;
using DaprSocial.Sidecar.PubSub;
using Xunit;

namespace DaprSocial.Sidecar.Tests;

public sealed class FaultTests : IDisposable
{
    private readonly Patience _patience = new();

    private CancellationToken Token => _patience.Token;

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task Fault_Drop_EventNeverArrives()
    {
        await using var mesh = await StartAsync(
            (delivery, _) => new(Is(delivery, "2") ? DeliveryPlan.Drop : DeliveryPlan.Normal));

        await PublishAsync(mesh, "1", "2", "3");
        await mesh.Host.Broker.DrainAsync(Token);

        Assert.Equal(["1", "3"], Arrived(mesh));
    }

    [Fact]
    public async Task Fault_Repeat_EventArrivesTwiceInItsTurn()
    {
        await using var mesh = await StartAsync(
            (delivery, _) => new(Is(delivery, "2") ? DeliveryPlan.Repeat(2) : DeliveryPlan.Normal));

        await PublishAsync(mesh, "1", "2", "3");
        await mesh.Host.Broker.DrainAsync(Token);

        Assert.Equal(["1", "2", "2", "3"], Arrived(mesh));
    }

    [Fact]
    public async Task Fault_Hold_LaterEventsOvertakeAndDrainWaits()
    {
        var release = new TaskCompletionSource();
        await using var mesh = await StartAsync(
            (delivery, _) => new(Is(delivery, "1") ? DeliveryPlan.HoldUntil(release.Task) : DeliveryPlan.Normal));

        await PublishAsync(mesh, "1", "2");
        Assert.Equal("2", (await mesh.Subscriber.NextAsync(Token)).Text);
        var drained = mesh.Host.Broker.DrainAsync(Token);
        Assert.False(drained.IsCompleted);
        release.SetResult();
        await drained;

        Assert.Equal(["2", "1"], Arrived(mesh));
    }

    [Fact]
    public async Task Fault_AwaitsInTheHook_DelaysTheLaneInOrder()
    {
        var release = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        await using var mesh = await StartAsync(async (delivery, cancellationToken) =>
        {
            if (Is(delivery, "1"))
            {
                reached.SetResult();
                await release.Task.WaitAsync(cancellationToken);
            }

            return DeliveryPlan.Normal;
        });

        await PublishAsync(mesh, "1", "2");
        await reached.Task.WaitAsync(Token);
        Assert.Empty(mesh.Subscriber.Log);
        release.SetResult();
        await mesh.Host.Broker.DrainAsync(Token);

        Assert.Equal(["1", "2"], Arrived(mesh));
    }

    [Fact]
    public async Task Fault_Hook_IsToldWhatItDecidesOn()
    {
        var seen = new TaskCompletionSource<Delivery>();
        await using var mesh = await StartAsync((delivery, _) =>
        {
            seen.SetResult(delivery);
            return new(DeliveryPlan.Normal);
        });

        await PublishAsync(mesh, "1");
        var delivery = await seen.Task.WaitAsync(Token);

        Assert.Equal(new Delivery("pubsub", "posts", "k", delivery.Payload, "app"), delivery);
    }

    [Fact]
    public async Task Fault_HookThrows_OnlyThatEventIsLost()
    {
        await using var mesh = await StartAsync((delivery, _) =>
            Is(delivery, "1") ? throw new InvalidOperationException("defect") : new(DeliveryPlan.Normal));

        await PublishAsync(mesh, "1", "2");
        await mesh.Host.Broker.DrainAsync(Token);

        Assert.Equal(["2"], Arrived(mesh));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pause_TopicOrSubscriber_HoldsUntilResumed(bool byTopic)
    {
        await using var mesh = await TestMesh.StartAsync(
            TestMesh.Options, Token, TestMesh.Subscribing(TestMesh.Topic), TestMesh.Subscribing("users"));
        var broker = mesh.Host.Broker;
        var other = TestMesh.Event("other");
        other.Topic = "users";

        var pause = byTopic ? broker.PauseTopic(TestMesh.Topic) : broker.PauseSubscriber(TestMesh.App);
        await PublishAsync(mesh, "1", "2");
        await mesh.DaprOf().PublishEventAsync(other, cancellationToken: Token);
        await mesh.SubscriberOf(1).NextAsync(Token);
        Assert.Empty(mesh.Subscriber.Log);
        Assert.False(broker.DrainAsync(Token).IsCompleted);
        pause.Dispose();
        await broker.DrainAsync(Token);

        Assert.Equal(["1", "2"], Arrived(mesh));
    }

    [Fact]
    public async Task Attach_AppRestartsElsewhere_QueuedEventsReachTheNewOne()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        await using var successor = TestMesh.Subscribing(TestMesh.Topic);
        await successor.StartAsync(Token);

        using (mesh.Host.Broker.PauseSubscriber(TestMesh.App))
        {
            await PublishAsync(mesh, "1", "2");
            await mesh.Host.AttachAppAsync(TestMesh.App, successor.Port, Token);
            await mesh.Host.WaitUntilReadyAsync(Token);
        }

        await mesh.Host.Broker.DrainAsync(Token);
        Assert.Empty(mesh.Subscriber.Log);
        Assert.Equal(["1", "2"], successor.Subscriber.Log.Select(one => one.Text));
    }

    [Fact]
    public async Task Attach_WhileADeliveryIsInFlight_TheEventReachesTheNewOne()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var entered = new TaskCompletionSource();
        mesh.Subscriber.OnEvent = async _ =>
        {
            entered.SetResult();
            await new TaskCompletionSource().Task.WaitAsync(Token);
            return default;
        };
        await using var successor = TestMesh.Subscribing(TestMesh.Topic);
        await successor.StartAsync(Token);

        await PublishAsync(mesh, "1");
        await entered.Task.WaitAsync(Token);
        await mesh.Host.AttachAppAsync(TestMesh.App, successor.Port, Token);
        await mesh.Host.Broker.DrainAsync(Token);

        Assert.Equal(["1"], successor.Subscriber.Log.Select(one => one.Text));
    }

    [Fact]
    public async Task Attach_NewAppWantsLess_OldSubscriptionEnds()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        await using var successor = TestMesh.Subscribing("users");
        await successor.StartAsync(Token);

        await mesh.Host.AttachAppAsync(TestMesh.App, successor.Port, Token);
        await mesh.Host.WaitUntilReadyAsync(Token);
        await PublishAsync(mesh, "1");
        await mesh.Host.Broker.DrainAsync(Token);

        Assert.Empty(mesh.Subscriber.Log);
        Assert.Empty(successor.Subscriber.Log);
    }

    private static bool Is(Delivery delivery, string data) =>
        Encoding.UTF8.GetString(delivery.Payload.Span).Contains($"\"data\":{data},", StringComparison.Ordinal);

    private static IEnumerable<string> Arrived(TestMesh mesh) => mesh.Subscriber.Log.Select(one => one.Text);

    private async Task PublishAsync(TestMesh mesh, params IEnumerable<string> events)
    {
        var dapr = mesh.DaprOf();
        foreach (var data in events)
            await dapr.PublishEventAsync(TestMesh.Event(data, partitionKey: "k"), cancellationToken: Token);
    }

    private Task<TestMesh> StartAsync(Func<Delivery, CancellationToken, ValueTask<DeliveryPlan>> fault) =>
        TestMesh.StartAsync(
            TestMesh.Options with { DeliveryFault = new ScriptedFault { OnDelivery = fault } },
            Token,
            TestMesh.Subscribing(TestMesh.Topic));
}
