using Dapr.AppCallback.Autogen.Grpc.v1;
using Grpc.Core;

namespace DaprSocial.Sidecar.Tests;

/// <summary>One delivery as the app saw it.</summary>
internal sealed record Received(TopicEventRequest Event, Metadata Headers)
{
    public string Text => Event.Data.ToStringUtf8();

    public string Extension(string name) => Event.Extensions.Fields[name].StringValue;
}
