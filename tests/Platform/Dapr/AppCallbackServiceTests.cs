using DaprSocial.Dapr;
using DaprSocial.Testing;
using global::Dapr.AppCallback.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static global::Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types;

namespace DaprSocial.Platform.Tests.Dapr;

public sealed class AppCallbackServiceTests
{
    private readonly List<string> _handled = [];
    private readonly AppCallbackService _service;

    public AppCallbackServiceTests() => _service = new AppCallbackService(
    [
        Handler("users", TopicEventResponseStatus.Success), Handler("posts", TopicEventResponseStatus.Retry),
    ]);

    [Fact]
    public async Task ListTopicSubscriptions_Always_NamesEachHandler()
    {
        var answer = await _service.ListTopicSubscriptions(new Empty(), new TestCallContext());

        Assert.Equal(
            [("pubsub", "users", "dead"), ("pubsub", "posts", "dead")],
            answer.Subscriptions.Select(row => (row.PubsubName, row.Topic, row.DeadLetterTopic)));
    }

    [Theory]
    [InlineData("users", TopicEventResponseStatus.Success)]
    [InlineData("posts", TopicEventResponseStatus.Retry)]
    public async Task OnTopicEvent_OfATopic_IsItsHandlersAnswer(string topic, TopicEventResponseStatus status)
    {
        var answer = await _service.OnTopicEvent(Delivery("pubsub", topic), new TestCallContext());

        Assert.Equal(status, answer.Status);
        Assert.Equal([topic], _handled);
    }

    [Theory]
    [InlineData("pubsub", "graph")]
    [InlineData("other", "users")]
    public async Task OnTopicEvent_WithoutHandler_IsDropped(string pubsub, string topic)
    {
        var answer = await _service.OnTopicEvent(Delivery(pubsub, topic), new TestCallContext());

        Assert.Equal(TopicEventResponseStatus.Drop, answer.Status);
        Assert.Empty(_handled);
    }

    [Fact]
    public async Task ListInputBindings_Always_IsEmpty() =>
        Assert.Empty((await _service.ListInputBindings(new Empty(), new TestCallContext())).Bindings);

    [Fact]
    public async Task HealthCheck_OfAnAppThatIsNotReady_Fails()
    {
        var isReady = true;
        var health = new AppHealthService(() => isReady);
        await health.HealthCheck(new Empty(), new TestCallContext());

        isReady = false;

        var thrown = await Assert.ThrowsAsync<RpcException>(() =>
            health.HealthCheck(new Empty(), new TestCallContext()));
        Assert.Equal(StatusCode.Unavailable, thrown.StatusCode);
    }

    private static TopicEventRequest Delivery(string pubsub, string topic) =>
        new() { PubsubName = pubsub, Topic = topic };

    private TopicHandler Handler(string topic, TopicEventResponseStatus status) =>
        new("pubsub", topic, "dead", (row, _) =>
        {
            _handled.Add(row.Topic);
            return Task.FromResult(status);
        });
}
