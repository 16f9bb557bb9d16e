using System.Globalization;
using Dapr.AppCallback.Autogen.Grpc.v1;
using DaprSocial.Sidecar.PubSub;
using Grpc.Core;
using Xunit;
using static Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types;

namespace DaprSocial.Sidecar.Tests;

public sealed class DeliveryTests : IDisposable
{
    private const string DeadLetters = "posts.dead";
    private readonly Patience _patience = new();

    private CancellationToken Token => _patience.Token;

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task Delivery_OneKey_KeepsOrder()
    {
        await using var mesh = await TestMesh.StartAsync(Token);

        var dapr = mesh.DaprOf();
        for (var number = 0; number < 200; number++)
            await dapr.PublishEventAsync(TestMesh.Event($"{number}", $"k{number % 5}"), cancellationToken: Token);
        await mesh.Host.Broker.DrainAsync(Token);

        Assert.Equal(200, mesh.Subscriber.Log.Count);
        foreach (var stream in mesh.Subscriber.Log.GroupBy(one => one.Headers.GetValue("__key")))
        {
            var numbers = stream.Select(one => int.Parse(one.Text, CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(numbers.Order(), numbers);
        }
    }

    [Fact]
    public async Task Delivery_OneKeyIsStuck_OthersGoOn()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var release = new TaskCompletionSource();
        mesh.Subscriber.OnEvent = async received =>
        {
            if (received.Headers.GetValue("__key") == "stuck")
                await release.Task;
            return TopicEventResponseStatus.Success;
        };

        await mesh.DaprOf().PublishEventAsync(TestMesh.Event("1", "stuck"), cancellationToken: Token);
        Assert.Equal("1", (await mesh.Subscriber.NextAsync(Token)).Text);
        await mesh.DaprOf().PublishEventAsync(TestMesh.Event("2", "stuck"), cancellationToken: Token);
        await mesh.DaprOf().PublishEventAsync(TestMesh.Event("3", "free"), cancellationToken: Token);

        Assert.Equal("3", (await mesh.Subscriber.NextAsync(Token)).Text);
        release.SetResult();
        Assert.Equal("2", (await mesh.Subscriber.NextAsync(Token)).Text);
    }

    [Fact]
    public async Task Delivery_SeveralApps_EachGetsEveryEventOfItsTopics()
    {
        var (one, both) = (TestMesh.Subscribing(TestMesh.Topic), TestMesh.Subscribing(TestMesh.Topic, "users"));
        await using var mesh = await TestMesh.StartAsync(TestMesh.Options, Token, one, both);
        var other = TestMesh.Event("2");
        other.Topic = "users";

        await mesh.DaprOf().PublishEventAsync(TestMesh.Event("1"), cancellationToken: Token);
        await mesh.DaprOf().PublishEventAsync(other, cancellationToken: Token);
        await mesh.Host.Broker.DrainAsync(Token);

        Assert.Equal(["1"], one.Subscriber.Log.Select(received => received.Text));
        Assert.Equal(["1", "2"], both.Subscriber.Log.Select(received => received.Text).Order());
    }

    [Fact]
    public async Task Delivery_Route_ArrivesAsPath()
    {
        var routed = new TopicSubscription
        {
            PubsubName = "pubsub",
            Topic = TestMesh.Topic,
            Routes = new TopicRoutes { Default = "/posts" },
        };
        await using var mesh = await TestMesh.StartAsync(TestMesh.Options, Token, TestMesh.SubscribingTo(routed));

        await mesh.DaprOf().PublishEventAsync(TestMesh.Event("1"), cancellationToken: Token);

        Assert.Equal("/posts", (await mesh.Subscriber.NextAsync(Token)).Event.Path);
    }

    [Fact]
    public async Task Retry_UntilTheAppIsReady_DeliversTheSameEventAgain()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        mesh.Subscriber.OnEvent = _ => Task.FromResult(
            mesh.Subscriber.Log.Count < 3 ? TopicEventResponseStatus.Retry : TopicEventResponseStatus.Success);

        await mesh.DaprOf().PublishEventAsync(TestMesh.Event("1", "k"), cancellationToken: Token);
        await mesh.DaprOf().PublishEventAsync(TestMesh.Event("2", "k"), cancellationToken: Token);
        await mesh.Host.Broker.DrainAsync(Token);

        Assert.Equal(["1", "1", "1", "2"], mesh.Subscriber.Log.Select(one => one.Text));
        Assert.Single(mesh.Subscriber.Log.Take(3).DistinctBy(one => one.Event.Id));
    }

    [Theory]
    [InlineData(StatusCode.OK, 4, 1)] // answers RETRY
    [InlineData(StatusCode.Internal, 4, 1)]
    [InlineData(StatusCode.Unimplemented, 1, 0)]
    public async Task Failure_EveryTime_EndsAtTheDeadLetterTopic(StatusCode code, int deliveries, int deadLetters)
    {
        await using var mesh = await TestMesh.StartAsync(
            TestMesh.Options, Token, WithDeadLetters(), TestMesh.Subscribing(DeadLetters));
        mesh.Subscriber.OnEvent = _ => code == StatusCode.OK
            ? Task.FromResult(TopicEventResponseStatus.Retry)
            : throw new RpcException(new Status(code, ""));

        await mesh.DaprOf().PublishEventAsync(TestMesh.Event("1", "k"), cancellationToken: Token);
        await mesh.Host.Broker.DrainAsync(Token);

        Assert.Equal(deliveries, mesh.Subscriber.Log.Count);
        Assert.Equal(deadLetters, mesh.SubscriberOf(1).Log.Count);
    }

    [Fact]
    public async Task Drop_WithDeadLetterTopic_GoesThereUnchanged()
    {
        await using var mesh = await TestMesh.StartAsync(
            TestMesh.Options, Token, WithDeadLetters(), TestMesh.Subscribing(DeadLetters));
        mesh.Subscriber.OnEvent = _ => Task.FromResult(TopicEventResponseStatus.Drop);

        await mesh.DaprOf().PublishEventAsync(TestMesh.Event("""{"x":1}""", "k"), cancellationToken: Token);
        await mesh.Host.Broker.DrainAsync(Token);

        var dropped = Assert.Single(mesh.Subscriber.Log);
        var dead = Assert.Single(mesh.SubscriberOf(1).Log);
        Assert.Equal(dropped.Event.Id, dead.Event.Id);
        Assert.Equal(dropped.Event.Data, dead.Event.Data);
        Assert.Equal("posts", dead.Extension("topic"));
        Assert.Equal(DeadLetters, dead.Event.Topic);
        Assert.Equal("k", dead.Headers.GetValue("__key"));
    }

    [Fact]
    public async Task Failure_WithoutDeadLetterTopic_DoesNotStopTheLane()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        mesh.Subscriber.OnEvent = received => Task.FromResult(
            received.Text == "1" ? TopicEventResponseStatus.Retry : TopicEventResponseStatus.Success);

        await mesh.DaprOf().PublishEventAsync(TestMesh.Event("1", "k"), cancellationToken: Token);
        await mesh.DaprOf().PublishEventAsync(TestMesh.Event("2", "k"), cancellationToken: Token);
        await mesh.Host.Broker.DrainAsync(Token);

        Assert.Equal(["1", "1", "1", "1", "2"], mesh.Subscriber.Log.Select(one => one.Text));
    }

    [Fact]
    public async Task Expiry_PassesBeforeDelivery_AppNeverSeesTheEvent()
    {
        var clock = new ShiftedTime();
        await using var mesh = await TestMesh.StartAsync(
            TestMesh.Options with { TimeProvider = clock }, Token, TestMesh.Subscribing(TestMesh.Topic));
        var request = TestMesh.Event("1");
        request.Metadata["ttlInSeconds"] = "60";

        using (mesh.Host.Broker.PauseSubscriber(TestMesh.App))
        {
            await mesh.DaprOf().PublishEventAsync(request, cancellationToken: Token);
            clock.Advance(TimeSpan.FromSeconds(61));
        }

        await mesh.Host.Broker.DrainAsync(Token);
        Assert.Empty(mesh.Subscriber.Log);
    }

    [Fact]
    public async Task Publish_LaneIsFull_WaitsForRoom()
    {
        var options = TestMesh.Options with { Delivery = new DeliveryOptions { LaneCapacity = 1 } };
        await using var mesh = await TestMesh.StartAsync(options, Token, TestMesh.Subscribing(TestMesh.Topic));
        var release = new TaskCompletionSource();
        mesh.Subscriber.OnEvent = async _ =>
        {
            await release.Task;
            return TopicEventResponseStatus.Success;
        };

        var dapr = mesh.DaprOf();
        await dapr.PublishEventAsync(TestMesh.Event("1", "k"), cancellationToken: Token);
        await mesh.Subscriber.NextAsync(Token);
        await dapr.PublishEventAsync(TestMesh.Event("2", "k"), cancellationToken: Token);
        var third = dapr.PublishEventAsync(TestMesh.Event("3", "k"), cancellationToken: Token).ResponseAsync;
        // A round trip on the same connection, so that the third has had its chance.
        await dapr.GetMetadataAsync(new(), cancellationToken: Token);

        Assert.False(third.IsCompleted);
        release.SetResult();
        await third;
        await mesh.Host.Broker.DrainAsync(Token);
        Assert.Equal(["1", "2", "3"], mesh.Subscriber.Log.Select(one => one.Text));
    }

    [Fact]
    public async Task Publish_WithoutSubscriber_Succeeds()
    {
        await using var mesh = await TestMesh.StartAsync(TestMesh.Options, Token, new TestApp(subscribes: false));

        await mesh.DaprOf().PublishEventAsync(TestMesh.Event("1"), cancellationToken: Token);
        await mesh.Host.Broker.DrainAsync(Token);

        Assert.Empty(mesh.Subscriber.Log);
    }

    [Fact]
    public async Task Drain_DeliveriesUnderWay_CompletesAfterTheLast()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var release = new TaskCompletionSource();
        mesh.Subscriber.OnEvent = async received =>
        {
            if (received.Text == "2")
                await release.Task;
            return TopicEventResponseStatus.Success;
        };

        await mesh.DaprOf().PublishEventAsync(TestMesh.Event("1", "a"), cancellationToken: Token);
        await mesh.DaprOf().PublishEventAsync(TestMesh.Event("2", "b"), cancellationToken: Token);
        var drained = mesh.Host.Broker.DrainAsync(Token);
        await mesh.Subscriber.NextAsync(Token);
        await mesh.Subscriber.NextAsync(Token);

        Assert.False(drained.IsCompleted);
        release.SetResult();
        await drained;
        Assert.Equal(2, mesh.Subscriber.Log.Count);
    }

    [Fact]
    public async Task Drain_HandlerPublishesOnward_CoversThatToo()
    {
        await using var mesh = await TestMesh.StartAsync(
            TestMesh.Options, Token, TestMesh.Subscribing(TestMesh.Topic), TestMesh.Subscribing("users"));
        var dapr = mesh.DaprOf(TestMesh.App);
        mesh.Subscriber.OnEvent = async _ =>
        {
            var onward = TestMesh.Event("2");
            onward.Topic = "users";
            await dapr.PublishEventAsync(onward, cancellationToken: Token);
            return TopicEventResponseStatus.Success;
        };

        await mesh.DaprOf().PublishEventAsync(TestMesh.Event("1"), cancellationToken: Token);
        await mesh.Host.Broker.DrainAsync(Token);

        Assert.Equal("app", Assert.Single(mesh.SubscriberOf(1).Log).Event.Source);
    }

    [Fact]
    public async Task Drain_NothingUnderWay_CompletesAtOnce()
    {
        await using var mesh = await TestMesh.StartAsync(Token);

        Assert.True(mesh.Host.Broker.DrainAsync(Token).IsCompletedSuccessfully);
    }

    private static TestApp WithDeadLetters() => TestMesh.SubscribingTo(new TopicSubscription
    {
        PubsubName = "pubsub",
        Topic = TestMesh.Topic,
        DeadLetterTopic = DeadLetters,
    });
}
