using System.Text.Json;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Xunit;
using RpcStatus = Google.Rpc.Status;

namespace DaprSocial.Sidecar.Tests;

public sealed class PublishTests : IDisposable
{
    private readonly Patience _patience = new();

    private CancellationToken Token => _patience.Token;

    public void Dispose() => _patience.Dispose();

    [Fact]
    public async Task Publish_Json_ArrivesWithEveryField()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var request = TestMesh.Event("""{ "b": "2", "a": [1, true, null] }""", partitionKey: "user-1");

        await mesh.DaprOf().PublishEventAsync(request, cancellationToken: Token);
        var received = await mesh.Subscriber.NextAsync(Token);

        Assert.True(Guid.TryParse(received.Event.Id, out _));
        Assert.Equal("edge", received.Event.Source);
        Assert.Equal("com.dapr.event.sent", received.Event.Type);
        Assert.Equal("1.0", received.Event.SpecVersion);
        Assert.Equal("application/json", received.Event.DataContentType);
        Assert.Equal("posts", received.Event.Topic);
        Assert.Equal("pubsub", received.Event.PubsubName);
        Assert.Equal("", received.Event.Path);
        Assert.Equal("""{"a":[1,true,null],"b":"2"}""", received.Text);
        Assert.Equal("posts", received.Extension("topic"));
        Assert.Equal("pubsub", received.Extension("pubsubname"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", received.Extension("time"));
        Assert.Equal(
            ["pubsubname", "time", "topic", "traceid", "traceparent", "tracestate"],
            received.Event.Extensions.Fields.Keys.Order());
    }

    [Fact]
    public async Task Publish_AnyEvent_ArrivesWithRecordHeadersAndToken()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var request = TestMesh.Event("{}", partitionKey: "user-1");
        request.Metadata["X-Note"] = "kept";
        request.Metadata["x-illegal"] = "line\nbreak";

        await mesh.DaprOf().PublishEventAsync(request, cancellationToken: Token);
        var received = await mesh.Subscriber.NextAsync(Token);

        Assert.Equal("pubsub", received.Headers.GetValue("pubsubname"));
        Assert.Equal("user-1", received.Headers.GetValue("__key"));
        Assert.Equal("kept", received.Headers.GetValue("x-note"));
        Assert.Null(received.Headers.Get("x-illegal"));
        Assert.Equal("app-secret", received.Headers.GetValue("dapr-api-token"));
    }

    [Fact]
    public async Task Publish_LargeInteger_LosesPrecisionAsWithDaprd()
    {
        await using var mesh = await TestMesh.StartAsync(Token);

        await mesh.DaprOf().PublishEventAsync(
            TestMesh.Event("""{"exact":9007199254740992,"not":9007199254740993}"""), cancellationToken: Token);
        var received = await mesh.Subscriber.NextAsync(Token);

        Assert.Equal("""{"exact":9007199254740992,"not":9007199254740992}""", received.Text);
    }

    [Fact]
    public async Task Publish_Binary_ArrivesByteForByte()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var data = ByteString.CopyFrom([.. Enumerable.Range(0, 256).Select(value => (byte)value)]);
        var request = TestMesh.Event("");
        (request.Data, request.DataContentType) = (data, "application/octet-stream");

        await mesh.DaprOf().PublishEventAsync(request, cancellationToken: Token);

        Assert.Equal(data, (await mesh.Subscriber.NextAsync(Token)).Event.Data);
    }

    [Theory]
    [InlineData("", "text/plain", "grüße \"<b>\"", "grüße \"<b>\"")]
    [InlineData("text/html; charset=utf-8", "text/html; charset=utf-8", "<b>", "<b>")]
    [InlineData("application/xml", "application/xml", "<b/>", "<b/>")]
    [InlineData("Application/JSON; charset=utf-8", "Application/JSON; charset=utf-8", "[1, 2]", "[1,2]")]
    [InlineData("application/json", "application/json", "no json", "\"no json\"")]
    [InlineData("application/vnd.post+json", "application/vnd.post+json", "{}", "")]
    [InlineData("application/protobuf", "application/protobuf", "bytes", "")]
    public async Task Publish_MediaType_DecidesWhatArrives(string asked, string type, string data, string arrives)
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var request = TestMesh.Event(data);
        request.DataContentType = asked;

        await mesh.DaprOf().PublishEventAsync(request, cancellationToken: Token);
        var received = await mesh.Subscriber.NextAsync(Token);

        Assert.Equal(type, received.Event.DataContentType);
        Assert.Equal(arrives, received.Text);
    }

    [Fact]
    public async Task Publish_Overrides_ShapeTheEnvelope()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var request = TestMesh.Event("{}");
        request.Metadata.Add("cloudevent.id", "event-7");
        request.Metadata.Add("CloudEvent.Type", "post.created");
        request.Metadata.Add("cloudevent.source", "log");
        request.Metadata.Add("cloudevent.subject", "post-1");
        request.Metadata.Add("cloudevent.traceparent", Trace);
        request.Metadata.Add("cloudevent.topic", "not-to-be-overridden");

        await mesh.DaprOf().PublishEventAsync(request, cancellationToken: Token);
        var received = await mesh.Subscriber.NextAsync(Token);

        Assert.Equal("event-7", received.Event.Id);
        Assert.Equal("post.created", received.Event.Type);
        Assert.Equal("log", received.Event.Source);
        Assert.Equal("post-1", received.Extension("subject"));
        Assert.Equal(Trace, received.Extension("traceparent"));
        Assert.Equal(Trace, received.Extension("traceid"));
        Assert.Equal(Trace, received.Headers.GetValue("traceparent"));
        Assert.Equal("posts", received.Extension("topic"));
    }

    [Fact]
    public async Task Publish_CallersTrace_IsCarriedAlong()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var headers = new Metadata { { "traceparent", Trace }, { "tracestate", "a=b" } };

        await mesh.DaprOf().PublishEventAsync(TestMesh.Event("{}"), headers, cancellationToken: Token);
        var received = await mesh.Subscriber.NextAsync(Token);

        Assert.Equal(Trace, received.Extension("traceparent"));
        Assert.Equal("a=b", received.Extension("tracestate"));
    }

    [Fact]
    public async Task Publish_ReadyEnvelope_IsCompletedNotWrapped()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var request = TestMesh.Event(
            """{"id":"mine","topic":"forged","datacontenttype":"application/json","data":{"x":1},"extra":2.5}""");
        request.DataContentType = "application/cloudevents+json";

        await mesh.DaprOf().PublishEventAsync(request, cancellationToken: Token);
        var received = await mesh.Subscriber.NextAsync(Token);

        Assert.Equal("mine", received.Event.Id);
        Assert.Equal("edge", received.Event.Source);
        Assert.Equal("""{"x":1}""", received.Text);
        Assert.Equal("posts", received.Extension("topic"));
        Assert.Equal(2.5, received.Event.Extensions.Fields["extra"].NumberValue);
    }

    [Fact]
    public async Task Publish_Raw_RawSubscriberGetsTheBytesAndOthersNothing()
    {
        var raw = new TopicSubscription { PubsubName = "pubsub", Topic = TestMesh.Topic };
        raw.Metadata["rawPayload"] = "true";
        await using var mesh = await TestMesh.StartAsync(
            TestMesh.Options, Token, TestMesh.SubscribingTo(raw), TestMesh.Subscribing(TestMesh.Topic));
        var request = TestMesh.Event("no envelope");
        request.Metadata["rawPayload"] = "true";

        await mesh.DaprOf().PublishEventAsync(request, cancellationToken: Token);
        await mesh.Host.Broker.DrainAsync(Token);

        var received = Assert.Single(mesh.Subscriber.Log);
        Assert.Equal("no envelope", received.Text);
        Assert.Equal("application/octet-stream", received.Event.DataContentType);
        Assert.Empty(mesh.SubscriberOf(1).Log);
    }

    [Fact]
    public async Task Publish_Bulk_AllArriveInOrder()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var request = new BulkPublishRequest { PubsubName = "pubsub", Topic = TestMesh.Topic };
        request.Metadata["partitionKey"] = "k";
        for (var number = 0; number < 20; number++)
        {
            request.Entries.Add(new BulkPublishRequestEntry
            {
                EntryId = $"e{number}",
                Event = ByteString.CopyFromUtf8($"{number}"),
                ContentType = "application/json",
                Metadata = { ["cloudevent.id"] = $"id-{number}" },
            });
        }

        var answer = await mesh.DaprOf().BulkPublishEventAsync(request, cancellationToken: Token);
        await mesh.Host.Broker.DrainAsync(Token);

        Assert.Empty(answer.FailedEntries);
        var published = Enumerable.Range(0, 20).Select(number => $"id-{number}");
        Assert.Equal(published, mesh.Subscriber.Log.Select(one => one.Event.Id));
    }

    [Theory]
    [InlineData("", "posts", null, "pubsub name is empty", "DAPR_PUBSUB_NAME_EMPTY")]
    [InlineData("other", "posts", null, "pubsub other is not found", "DAPR_PUBSUB_NOT_FOUND")]
    [InlineData("pubsub", "", null, "topic is empty in pubsub pubsub", "DAPR_PUBSUB_TOPIC_NAME_EMPTY")]
    [InlineData("pubsub", "posts", "rawPayload=maybe", null, "DAPR_PUBSUB_METADATA_DESERIALIZATION")]
    public async Task Publish_Refused_AnswersAsDaprd(
        string pubSubName, string topic, string? metadata, string? message, string reason)
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var request = TestMesh.Event("{}");
        (request.PubsubName, request.Topic) = (pubSubName, topic);
        if (metadata?.Split('=') is [var key, var value])
            request.Metadata[key] = value;

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await mesh.DaprOf().PublishEventAsync(request, cancellationToken: Token));

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal(message ?? failure.Status.Detail, failure.Status.Detail);
        AssertReason(reason, failure);
    }

    [Fact]
    public async Task Publish_EnvelopeThatIsNoJson_AnswersInvalidArgument()
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var request = TestMesh.Event("no json");
        request.DataContentType = "application/cloudevents+json";

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await mesh.DaprOf().PublishEventAsync(request, cancellationToken: Token));

        Assert.Equal("cannot create cloudevent", failure.Status.Detail);
        AssertReason("DAPR_PUBSUB_CLOUD_EVENT_CREATION", failure);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a", "")]
    public async Task Publish_BulkWithBadEntryIds_AnswersInvalidArgument(string first, string second)
    {
        await using var mesh = await TestMesh.StartAsync(Token);
        var request = new BulkPublishRequest
        {
            PubsubName = "pubsub",
            Topic = TestMesh.Topic,
            Entries = { new string[] { first, second }.Select(id => new BulkPublishRequestEntry { EntryId = id }) },
        };

        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await mesh.DaprOf().BulkPublishEventAsync(request, cancellationToken: Token));

        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        AssertReason("DAPR_PUBSUB_MARSHAL_EVENTS", failure);
    }

    [Fact]
    public async Task Publish_Anything_IsJsonInAlphabeticalOrderAtTheBroker()
    {
        var payload = new TaskCompletionSource<byte[]>();
        var fault = new ScriptedFault
        {
            OnDelivery = (delivery, _) =>
            {
                payload.SetResult(delivery.Payload.ToArray());
                return new(PubSub.DeliveryPlan.Normal);
            },
        };
        await using var mesh = await TestMesh.StartAsync(
            TestMesh.Options with { DeliveryFault = fault }, Token, TestMesh.Subscribing(TestMesh.Topic));

        await mesh.DaprOf().PublishEventAsync(TestMesh.Event("{}"), cancellationToken: Token);
        using var envelope = JsonDocument.Parse(await payload.Task.WaitAsync(Token));

        var names = envelope.RootElement.EnumerateObject().Select(attribute => attribute.Name).ToList();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    private static void AssertReason(string reason, RpcException failure)
    {
        var status = RpcStatus.Parser.ParseFrom(failure.Trailers.GetValueBytes("grpc-status-details-bin"));
        var info = status.Details[0].Unpack<ErrorInfo>();
        Assert.Equal((int)failure.StatusCode, status.Code);
        Assert.Equal(reason, info.Type);
        Assert.Equal("dapr.io", info.Domain);
    }
}
