using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Hosting;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using Grpc.Core;

namespace DaprSocial.Platform.Tests.Hosting;

public sealed class HeaderCallerTests
{
    private static readonly string _one = Uuid.Create(1).ToString("D");
    private static readonly string _two = Uuid.Create(2).ToString("D");

    private readonly ICaller _caller = new HeaderCaller();

    [Fact]
    public void FindActor_NoValue_IsNobody() => Assert.Null(_caller.FindActor(ContextWith()));

    [Fact]
    public void RequireActor_NoValue_IsRefused() =>
        Assert.Equal(ErrorReason.ActorMissing, RefusalOf(() => _caller.RequireActor(ContextWith())));

    [Fact]
    public void FindActor_OneId_IsTheActor()
    {
        Assert.Equal(_one, _caller.FindActor(ContextWith(_one))?.ToString());
        Assert.Equal(_one, _caller.RequireActor(ContextWith(_one)).ToString());
    }

    [Fact]
    public void FindActor_TwoValues_IsRefused()
    {
        Assert.Equal(ErrorReason.ActorInvalid, RefusalOf(() => _caller.FindActor(ContextWith(_one, _two))));
        Assert.Equal(ErrorReason.ActorInvalid, RefusalOf(() => _caller.FindActor(ContextWith(_one, _one))));
    }

    [Theory]
    [InlineData(",")]
    [InlineData(", ")]
    public void FindActor_TwoValuesJoined_IsRefused(string separator) => Assert.Equal(
        ErrorReason.ActorInvalid, RefusalOf(() => _caller.FindActor(ContextWith(_one + separator + _two))));

    [Theory]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void FindActor_NoId_IsRefused(string value) =>
        Assert.Equal(ErrorReason.ActorInvalid, RefusalOf(() => _caller.FindActor(ContextWith(value))));

    private static ErrorReason RefusalOf(Action action) => Assert.Throws<ServiceException>(action).Reason;

    private static TestCallContext ContextWith(params string[] actors)
    {
        var headers = new Metadata { { "other", "x" } };
        foreach (var actor in actors)
            headers.Add(HeaderCaller.Header, actor);
        return new TestCallContext(headers: headers);
    }
}
