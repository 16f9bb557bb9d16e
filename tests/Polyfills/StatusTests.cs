using Grpc.Core;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

public sealed class StatusTests
{
    [Fact]
    public void ToString_NoDebugException_NamesCodeAndDetail()
    {
        var status = new Status(StatusCode.NotFound, "no such post");

        Assert.Equal("Status(StatusCode=\"NotFound\", Detail=\"no such post\")", status.ToString());
    }

    [Fact]
    public void ToString_DebugException_NamesItsTypeAndMessage()
    {
        var status = new Status(StatusCode.Unavailable, "down", new TimeoutException("too slow"));

        Assert.Equal(
            "Status(StatusCode=\"Unavailable\", Detail=\"down\","
                + " DebugException=\"System.TimeoutException: too slow\")",
            status.ToString());
    }

    [Fact]
    public void Defaults_Always_HaveNoDetail()
    {
        Assert.Equal((StatusCode.OK, ""), (Status.DefaultSuccess.StatusCode, Status.DefaultSuccess.Detail));
        Assert.Equal((StatusCode.Cancelled, ""), (Status.DefaultCancelled.StatusCode, Status.DefaultCancelled.Detail));
        Assert.Equal((StatusCode.OK, ""), (default(Status).StatusCode, default(Status).Detail));
    }

    [Fact]
    public void StatusCode_EveryName_HasTheNumberOfTheWire()
    {
        string[] names =
        [
            "OK", "Cancelled", "Unknown", "InvalidArgument", "DeadlineExceeded", "NotFound", "AlreadyExists",
            "PermissionDenied", "ResourceExhausted", "FailedPrecondition", "Aborted", "OutOfRange", "Unimplemented",
            "Internal", "Unavailable", "DataLoss", "Unauthenticated",
        ];

        Assert.Equal(names, Enum.GetNames<StatusCode>());
        Assert.Equal(Enumerable.Range(0, names.Length), Enum.GetValues<StatusCode>().Select(code => (int)code));
    }

    [Fact]
    public void RpcException_StatusOnly_TakesItsTextAndDebugException()
    {
        var cause = new TimeoutException("too slow");
        var status = new Status(StatusCode.Unavailable, "down", cause);

        var exception = new RpcException(status);

        Assert.Equal(status.ToString(), exception.Message);
        Assert.Same(cause, exception.InnerException);
        Assert.Equal(StatusCode.Unavailable, exception.StatusCode);
        Assert.Equal("down", exception.Status.Detail);
        Assert.Same(Metadata.Empty, exception.Trailers);
    }

    [Fact]
    public void RpcException_TrailersAndMessage_KeepsBoth()
    {
        var status = new Status(StatusCode.Internal, "");
        var trailers = new Metadata { { "a", "1" } };

        Assert.Equal("mine", new RpcException(status, "mine").Message);
        Assert.Same(trailers, new RpcException(status, trailers).Trailers);
        Assert.Equal(status.ToString(), new RpcException(status, trailers).Message);
        Assert.Equal("mine", new RpcException(status, trailers, "mine").Message);
        Assert.Throws<ArgumentNullException>("trailers", () => new RpcException(status, (Metadata)null!));
    }
}
