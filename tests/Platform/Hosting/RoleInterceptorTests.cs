using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Events.V1;
using DaprSocial.Hosting;
using DaprSocial.Testing;
using DaprSocial.Users.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace DaprSocial.Platform.Tests.Hosting;

public sealed class RoleInterceptorTests
{
    public static TheoryData<IMessage, ServiceRoles> Requests => new()
    {
        { new CreateUserRequest(), ServiceRoles.Commands },
        { new UpdateProfileRequest(), ServiceRoles.Commands },
        { new GetUserRequest(), ServiceRoles.Queries },
        { new BatchGetUsersRequest(), ServiceRoles.Queries },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Call_WithItsRoleAlone_IsServed(IMessage request, ServiceRoles role) =>
        Assert.True(await CallAsync(request, role));

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Call_WithEveryOtherRole_IsRefused(IMessage request, ServiceRoles role)
    {
        var refusal = await Assert.ThrowsAsync<ServiceException>(() => CallAsync(request, ServiceRoles.All & ~role));

        Assert.Equal(ErrorReason.RoleDisabled, refusal.Reason);
        Assert.Equal(role.ToString().ToLowerInvariant(), refusal.Metadata["role"]);
    }

    [Fact]
    public async Task Call_OfTheEventLogOrTheSidecar_IsServedByEveryProcess()
    {
        Assert.True(await CallAsync(new ListStreamHeadsRequest(), ServiceRoles.None));
        Assert.True(await CallAsync(new Empty(), ServiceRoles.None));
        Assert.True(await CallAsync(
            new global::Dapr.AppCallback.Autogen.Grpc.v1.TopicEventRequest(), ServiceRoles.Consumers));
    }

    private static Task<bool> CallAsync(IMessage request, ServiceRoles roles) => request switch
    {
        CreateUserRequest create => CallTypedAsync(create, roles),
        UpdateProfileRequest update => CallTypedAsync(update, roles),
        GetUserRequest get => CallTypedAsync(get, roles),
        BatchGetUsersRequest batch => CallTypedAsync(batch, roles),
        ListStreamHeadsRequest heads => CallTypedAsync(heads, roles),
        Empty empty => CallTypedAsync(empty, roles),
        global::Dapr.AppCallback.Autogen.Grpc.v1.TopicEventRequest delivery => CallTypedAsync(delivery, roles),
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };

    private static async Task<bool> CallTypedAsync<TRequest>(TRequest request, ServiceRoles roles)
        where TRequest : class
    {
        var isServed = false;
        await new RoleInterceptor(new ServiceIdentity("users", roles)).UnaryServerHandler<TRequest, Empty>(
            request, new TestCallContext(), (_, _) =>
            {
                isServed = true;
                return Task.FromResult(new Empty());
            });
        return isServed;
    }
}
