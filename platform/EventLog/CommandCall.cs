using System.Diagnostics;
using System.Security.Cryptography;
using DaprSocial.Consistency;
using DaprSocial.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace DaprSocial.EventLog;

/// <summary>What every mutation carries beside its own fields.</summary>
/// <param name="Scope">Whose idempotency keys: the actor's id, or the calling app's id where there is no actor.</param>
/// <param name="Rpc">Full method name.</param>
/// <param name="RequestId">Idempotency key; empty for none.</param>
/// <param name="BodyHash">SHA-256 of the request without its request_id and consistency token.</param>
/// <param name="After">State that the call must come after.</param>
/// <param name="Traceparent">W3C trace context; empty for none.</param>
public sealed record CommandCall(
    string Scope, string Rpc, string RequestId, byte[] BodyHash, ConsistencyToken After, string Traceparent)
{
    /// <summary>Longest idempotency key, in characters.</summary>
    public const int RequestIdLengthMax = 64;

    private const string RequestIdField = "request_id";
    private const string TokenField = "consistency_token";

    /// <summary>Reads the shared fields of a mutation's request.</summary>
    /// <param name="request">A request with the fields <c>request_id</c> and <c>consistency_token</c>.</param>
    /// <param name="scope">The actor's id, or the calling app's.</param>
    /// <param name="context">The call.</param>
    /// <exception cref="ServiceException">INVALID_FIELD for the key, INVALID_CONSISTENCY_TOKEN.</exception>
    public static CommandCall From(IMessage request, string scope, ServerCallContext context)
    {
        var fields = request.Descriptor;
        var requestId = (string)fields.FindFieldByName(RequestIdField).Accessor.GetValue(request);
        if (requestId.Length > RequestIdLengthMax || requestId.Any(char.IsControl))
            throw Refusals.InvalidField(RequestIdField, $"at most {RequestIdLengthMax} printable characters.");
        var after = ConsistencyToken.Parse((string)fields.FindFieldByName(TokenField).Accessor.GetValue(request));
        return new CommandCall(scope, context.Method, requestId, Hash(request), after, Activity.Current?.Id ?? "");
    }

    private static byte[] Hash(IMessage request)
    {
        var body = request.Descriptor.Parser.ParseFrom(request.ToByteString());
        body.Descriptor.FindFieldByName(RequestIdField).Accessor.Clear(body);
        body.Descriptor.FindFieldByName(TokenField).Accessor.Clear(body);
        return SHA256.HashData(body.ToByteArray());
    }
}
