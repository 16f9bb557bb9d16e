using DaprSocial.Errors;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace DaprSocial.Platform.Tests.Errors;

public sealed class RichStatusTests
{
    [Fact]
    public void ToRpcException_OfABadField_CarriesOneErrorInfoAndTheField()
    {
        var refusal = Refusals.InvalidField("display_name", "too long.");

        var exception = refusal.ToRpcException();

        var status = ReadStatus(exception);
        var info = Assert.Single(DetailsOf<ErrorInfo>(status));
        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        Assert.Equal("display_name: too long.", exception.Status.Detail);
        Assert.Equal(((int)StatusCode.InvalidArgument, exception.Status.Detail), (status.Code, status.Message));
        Assert.Equal(("INVALID_FIELD", "daprsocial"), (info.Type, info.Domain));
        Assert.Equal(new Dictionary<string, string> { ["field"] = "display_name" }, info.Metadata);
        var violation = Assert.Single(Assert.Single(DetailsOf<BadRequest>(status)).FieldViolations);
        Assert.Equal(("display_name", refusal.Message), (violation.Field, violation.Description));
        Assert.Empty(DetailsOf<RetryInfo>(status));
    }

    [Fact]
    public void ToRpcException_OfADependencyThatIsAway_SaysWhenToRetry()
    {
        var status = ReadStatus(Refusals.DependencyUnavailable("The database").ToRpcException());

        Assert.Equal(Duration.FromTimeSpan(TimeSpan.FromSeconds(1)), Assert.Single(DetailsOf<RetryInfo>(status)).RetryDelay);
        Assert.Single(DetailsOf<ErrorInfo>(status));
        Assert.Empty(DetailsOf<BadRequest>(status));
    }

    public static TheoryData<ServiceException, string, StatusCode> SharedRefusals => new()
    {
        { Refusals.InvalidField("a", "b"), "INVALID_FIELD", StatusCode.InvalidArgument },
        { Refusals.InvalidId("a"), "INVALID_ID", StatusCode.InvalidArgument },
        { Refusals.InvalidPageSize(-1), "INVALID_PAGE_SIZE", StatusCode.InvalidArgument },
        { Refusals.InvalidPageToken(), "INVALID_PAGE_TOKEN", StatusCode.InvalidArgument },
        { Refusals.InvalidConsistencyToken(), "INVALID_CONSISTENCY_TOKEN", StatusCode.InvalidArgument },
        { Refusals.LogChanged("posts"), "LOG_CHANGED", StatusCode.FailedPrecondition },
        { Refusals.RequestIdReused("r"), "REQUEST_ID_REUSED", StatusCode.AlreadyExists },
        { Refusals.ActorMissing(), "ACTOR_MISSING", StatusCode.Unauthenticated },
        { Refusals.ActorInvalid(), "ACTOR_INVALID", StatusCode.Unauthenticated },
        { Refusals.RoleDisabled("commands"), "ROLE_DISABLED", StatusCode.Unavailable },
        { Refusals.ClockSkew(TimeSpan.FromSeconds(-1.25)), "CLOCK_SKEW", StatusCode.Unavailable },
        { Refusals.DependencyUnavailable("x"), "DEPENDENCY_UNAVAILABLE", StatusCode.Unavailable },
        { Refusals.Conflict(), "CONFLICT", StatusCode.Aborted },
        { Refusals.Internal(), "INTERNAL", StatusCode.Internal },
    };

    [Theory]
    [MemberData(nameof(SharedRefusals))]
    public void GetReason_OfEverySharedRefusal_IsTheReasonThatWasGiven(
        ServiceException refusal, string reason, StatusCode code)
    {
        var exception = refusal.ToRpcException();

        Assert.Equal((reason, code), (exception.GetReason(), exception.StatusCode));
    }

    [Theory]
    [MemberData(nameof(SharedRefusals))]
    public void Message_OfEverySharedRefusal_HasItsDynamicPartsInTheMetadata(
        ServiceException refusal, string reason, StatusCode code)
    {
        Assert.Equal((reason, code), (ErrorReasons.NameOf(refusal.Reason), ErrorReasons.CodeOf(refusal.Reason)));
        // The id of a reused request is in the metadata only: the text is the same for all.
        Assert.All(
            refusal.Metadata.Where(entry => entry.Key != "requestId"),
            entry => Assert.Contains(entry.Value, refusal.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void GetReason_WithoutDetails_IsNull() =>
        Assert.Null(new RpcException(new Grpc.Core.Status(StatusCode.Unavailable, "away")).GetReason());

    [Fact]
    public void GetReason_OfTheSidecarsOwnError_IsNull()
    {
        var status = new Google.Rpc.Status
        {
            Code = (int)StatusCode.NotFound,
            Details = { Any.Pack(new ErrorInfo { Type = "DAPR_PUBSUB_NOT_FOUND", Domain = "dapr.io" }) },
        };

        Assert.Null(WithTrailer(status.ToByteArray()).GetReason());
    }

    [Fact]
    public void GetReason_OfATrailerThatIsNoStatus_IsNull() => Assert.Null(WithTrailer([0xff, 0xff]).GetReason());

    private static RpcException WithTrailer(byte[] bytes) => new(
        new Grpc.Core.Status(StatusCode.NotFound, ""),
        new Metadata { { MetadataExtensions.StatusDetailsTrailerName, bytes } });

    private static Google.Rpc.Status ReadStatus(RpcException exception) =>
        exception.GetRpcStatus()!;

    private static List<T> DetailsOf<T>(Google.Rpc.Status status)
        where T : class, IMessage<T>, new() =>
        [.. status.Details.Where(detail => detail.Is(new T().Descriptor)).Select(detail => detail.Unpack<T>())];
}
