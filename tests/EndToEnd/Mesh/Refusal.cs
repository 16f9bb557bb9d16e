using Google.Rpc;
using Grpc.Core;

namespace DaprSocial.EndToEnd.Tests.Mesh;

/// <summary>Checks that calls are refused as the contract says, and leave nothing behind.</summary>
internal static class Refusal
{
    private const string Details = "grpc-status-details-bin";

    /// <summary>Checks a call that must be refused: typed error, nothing stored, no event.</summary>
    /// <param name="reason">As <c>ErrorInfo.reason</c> carries it, for example <c>TEXT_EMPTY</c>.</param>
    /// <param name="field">The field that BadRequest names; null when no field is to blame.</param>
    public static async Task<RpcException> AssertRefusedAsync<TResponse>(
        this TestMesh mesh, Func<AsyncUnaryCall<TResponse>> call, StatusCode code, string reason, string? field = null)
    {
        var before = await mesh.Store.CountAsync();

        var refusal = await Assert.ThrowsAsync<RpcException>(async () => await call());

        Check(refusal, code, reason, field);
        Assert.Equal(before, await mesh.Store.CountAsync());
        return refusal;
    }

    /// <summary>Checks an error: its code, exactly one ErrorInfo of ours, and the field that is to blame.</summary>
    public static void Check(RpcException refusal, StatusCode code, string reason, string? field)
    {
        Assert.True(code == refusal.StatusCode, $"{refusal.Status} instead of {code} {reason}");
        Assert.False(string.IsNullOrWhiteSpace(refusal.Status.Detail));
        var status = Google.Rpc.Status.Parser.ParseFrom(refusal.Trailers.GetValueBytes(Details));
        Assert.Equal((int)code, status.Code);
        // Field 1 of ErrorInfo is called Type in this version of the package; the contract calls it reason.
        var info = Assert.Single(status.Details, detail => detail.Is(ErrorInfo.Descriptor)).Unpack<ErrorInfo>();
        Assert.Equal(("daprsocial", reason), (info.Domain, info.Type));
        var fields = status.Details.Where(detail => detail.Is(BadRequest.Descriptor))
            .SelectMany(detail => detail.Unpack<BadRequest>().FieldViolations)
            .Select(violation => violation.Field);
        Assert.Equal(field is null ? [] : [field], fields);
    }

    /// <summary>How long an error asks the caller to wait; null when it does not.</summary>
    public static TimeSpan? RetryDelayOf(RpcException refusal) =>
        Google.Rpc.Status.Parser.ParseFrom(refusal.Trailers.GetValueBytes(Details)).Details
            .FirstOrDefault(detail => detail.Is(RetryInfo.Descriptor))?.Unpack<RetryInfo>().RetryDelay.ToTimeSpan();
}
