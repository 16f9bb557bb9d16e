using Grpc.Core.Internal;

namespace Grpc.Core;

/// <summary>Turns messages of one type into bytes and back.</summary>
/// <remarks>
/// Each way exists in two forms: over plain arrays, and over a context that lends the transport's own buffers.
/// Whichever pair is given, the other is derived from it, so both are always there.
/// </remarks>
/// <typeparam name="T">Type of the message.</typeparam>
public class Marshaller<T>
{
    /// <summary>Makes a marshaller from functions over arrays.</summary>
    /// <param name="serializer">Gives the bytes of a message.</param>
    /// <param name="deserializer">Gives the message that the bytes hold.</param>
    /// <exception cref="ArgumentNullException">A function is null.</exception>
    public Marshaller(Func<T, byte[]> serializer, Func<byte[], T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);

        Serializer = serializer;
        Deserializer = deserializer;
        ContextualSerializer = (message, context) => context.Complete(serializer(message));
        ContextualDeserializer = context => deserializer(context.PayloadAsNewBuffer());
    }

    /// <summary>Makes a marshaller from functions over contexts.</summary>
    /// <param name="serializer">Writes a message to the context and completes it.</param>
    /// <param name="deserializer">Gives the message that the context holds.</param>
    /// <exception cref="ArgumentNullException">A function is null.</exception>
    public Marshaller(Action<T, SerializationContext> serializer, Func<DeserializationContext, T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);

        ContextualSerializer = serializer;
        ContextualDeserializer = deserializer;
        Serializer = message =>
        {
            var context = new ArraySerializationContext();
            serializer(message, context);
            return context.GetPayload();
        };
        Deserializer = payload => deserializer(new ArrayDeserializationContext(payload));
    }

    /// <summary>Gives the bytes of a message.</summary>
    public Func<T, byte[]> Serializer { get; }

    /// <summary>Gives the message that an array holds.</summary>
    public Func<byte[], T> Deserializer { get; }

    /// <summary>Writes a message to a context and completes it.</summary>
    public Action<T, SerializationContext> ContextualSerializer { get; }

    /// <summary>Gives the message that a context holds.</summary>
    public Func<DeserializationContext, T> ContextualDeserializer { get; }
}
