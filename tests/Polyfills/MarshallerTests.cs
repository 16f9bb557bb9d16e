using System.Buffers;
using System.Text;
using Grpc.Core;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

public sealed class MarshallerTests
{
    private static readonly Marshaller<string> _overWriter = Marshallers.Create(
        (message, context) =>
        {
            context.SetPayloadLength(Encoding.UTF8.GetByteCount(message));
            context.GetBufferWriter().Write(Encoding.UTF8.GetBytes(message));
            context.Complete();
        },
        context => Encoding.UTF8.GetString(context.PayloadAsReadOnlySequence()));

    [Theory]
    [InlineData("")]
    [InlineData("grüße")]
    public void Contextual_UsedOverArrays_RoundTrips(string message)
    {
        var payload = _overWriter.Serializer(message);

        Assert.Equal(Encoding.UTF8.GetBytes(message), payload);
        Assert.Equal(message, _overWriter.Deserializer(payload));
    }

    [Fact]
    public void Arrays_UsedOverContexts_CompletesWithThePayload()
    {
        var marshaller = Marshallers.Create(Encoding.UTF8.GetBytes, Encoding.UTF8.GetString);
        var context = new RecordingSerializationContext();

        marshaller.ContextualSerializer("post", context);

        Assert.Equal(Encoding.UTF8.GetBytes("post"), context.Payload);
        Assert.Equal("post", marshaller.ContextualDeserializer(new FixedDeserializationContext(context.Payload!)));
    }

    [Fact]
    public void StringMarshaller_Text_IsUtf8()
    {
        Assert.Equal([0xC3, 0xBC], Marshallers.StringMarshaller.Serializer("ü"));
        Assert.Equal("ü", Marshallers.StringMarshaller.Deserializer([0xC3, 0xBC]));
    }

    [Fact]
    public void Contextual_NeverCompleted_Throws()
    {
        var marshaller = Marshallers.Create<string>((_, _) => { }, _ => "");

        Assert.Throws<InvalidOperationException>(() => marshaller.Serializer("post"));
    }

    [Fact]
    public void Contextual_CompletedTwice_Throws()
    {
        var marshaller = Marshallers.Create<string>(
            (_, context) =>
            {
                context.Complete([1]);
                context.Complete([2]);
            },
            _ => "");

        Assert.Throws<InvalidOperationException>(() => marshaller.Serializer("post"));
    }

    [Fact]
    public void Contextual_PayloadAsNewBuffer_IsACopy()
    {
        byte[]? seen = null;
        var marshaller = Marshallers.Create<string>(
            (_, _) => { },
            context =>
            {
                seen = context.PayloadAsNewBuffer();
                return $"{context.PayloadLength}";
            });
        byte[] payload = [1, 2, 3];

        Assert.Equal("3", marshaller.Deserializer(payload));
        Assert.Equal(payload, seen);
        Assert.NotSame(payload, seen);
    }

    [Fact]
    public void Contexts_NothingOverridden_ThrowExceptForTheLength()
    {
        var serialization = new BareSerializationContext();
        var deserialization = new BareDeserializationContext();

        serialization.SetPayloadLength(5);
        Assert.Throws<NotImplementedException>(() => serialization.Complete());
        Assert.Throws<NotImplementedException>(() => serialization.Complete([]));
        Assert.Throws<NotImplementedException>(() => serialization.GetBufferWriter());
        Assert.Throws<NotImplementedException>(() => deserialization.PayloadAsNewBuffer());
        Assert.Throws<NotImplementedException>(() => deserialization.PayloadAsReadOnlySequence());
    }

    [Fact]
    public void Method_Created_HasThePathOfTheWire()
    {
        var method = new Method<string, string>(
            MethodType.Unary, "pkg.Echo", "Say", Marshallers.StringMarshaller, _overWriter);

        Assert.Equal("/pkg.Echo/Say", method.FullName);
        Assert.Equal(("pkg.Echo", "Say", MethodType.Unary), (method.ServiceName, method.Name, method.Type));
        Assert.Same(Marshallers.StringMarshaller, method.RequestMarshaller);
        Assert.Same(_overWriter, method.ResponseMarshaller);
    }

    [Fact]
    public void NullArguments_Always_Throw()
    {
        var marshaller = Marshallers.StringMarshaller;

        Assert.Throws<ArgumentNullException>(
            () => new Method<string, string>(MethodType.Unary, null!, "Say", marshaller, marshaller));
        Assert.Throws<ArgumentNullException>(
            () => new Method<string, string>(MethodType.Unary, "pkg.Echo", "Say", marshaller, null!));
        Assert.Throws<ArgumentNullException>(() => new Marshaller<string>(null!, Encoding.UTF8.GetString));
        Assert.Throws<ArgumentNullException>(() => new Marshaller<string>((_, _) => { }, null!));
    }

    private sealed class RecordingSerializationContext : SerializationContext
    {
        public byte[]? Payload { get; private set; }

        public override void Complete(byte[] payload) => Payload = payload;
    }

    private sealed class FixedDeserializationContext(byte[] payload) : DeserializationContext
    {
        public override int PayloadLength => payload.Length;

        public override byte[] PayloadAsNewBuffer() => payload;
    }

    private sealed class BareSerializationContext : SerializationContext;

    private sealed class BareDeserializationContext : DeserializationContext
    {
        public override int PayloadLength => 0;
    }
}
