using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Google.Rpc.Status;

namespace DaprSocial.Grpc.Tests.Core;

public sealed class RpcStatusTests
{
    private static readonly Status _status = new()
    {
        Code = (int)StatusCode.InvalidArgument,
        Message = "no",
        Details =
        {
            Any.Pack(new ErrorInfo { Domain = "here" }),
            Any.Pack(new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = "text" } } }),
        },
    };

    [Fact]
    public void ToRpcException_ThenGetRpcStatus_IsTheSame()
    {
        var exception = _status.ToRpcException();

        Assert.Equal((StatusCode.InvalidArgument, "no"), (exception.StatusCode, exception.Status.Detail));
        Assert.Equal(_status, exception.GetRpcStatus());
        Assert.Equal("text", exception.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations[0].Field);
        Assert.Null(exception.GetRpcStatus()!.GetDetail<RetryInfo>());
    }

    [Fact]
    public void GetDetail_BytesOfAnotherType_IsNone()
    {
        var status = new Status
        {
            Details = { new Any { TypeUrl = "type.googleapis.com/google.rpc.RetryInfo", Value = Broken() } },
        };

        Assert.Null(status.GetDetail<RetryInfo>());
    }

    [Fact]
    public void GetRpcStatus_NoneOrBroken_IsNull()
    {
        var broken = new Metadata { { MetadataExtensions.StatusDetailsTrailerName, Broken().ToByteArray() } };

        Assert.Null(new RpcException(global::Grpc.Core.Status.DefaultCancelled).GetRpcStatus());
        Assert.Null(new RpcException(global::Grpc.Core.Status.DefaultCancelled, broken).GetRpcStatus());
        Assert.Throws<Google.Protobuf.InvalidProtocolBufferException>(() => broken.GetRpcStatus());
    }

    [Fact]
    public void SetRpcStatus_OneIsThere_TakesItsPlace()
    {
        var trailers = new Metadata { { "other", "stays" } };
        trailers.SetRpcStatus(new Status { Message = "first" });
        trailers.SetRpcStatus(_status);

        Assert.Equal(2, trailers.Count);
        Assert.Equal(_status, trailers.GetRpcStatus());
    }

    [Fact]
    public void ToRpcDebugInfo_ExceptionInside_IsToldOfToTheDepth()
    {
        var exception = new InvalidOperationException("outer", new ArgumentException("inner"));

        Assert.Equal("System.InvalidOperationException: outer", exception.ToRpcDebugInfo().Detail);
        Assert.Empty(exception.ToRpcDebugInfo().StackEntries);
        var entry = Assert.Single(exception.ToRpcDebugInfo(innerDepth: 5).StackEntries);
        Assert.Contains("inner", entry, StringComparison.Ordinal);
    }

    // A length that the bytes do not have.
    private static Google.Protobuf.ByteString Broken() => Google.Protobuf.ByteString.CopyFrom(0x0A, 0x7F);
}
