using DaprSocial.Dapr;
using DaprSocial.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace DaprSocial.Platform.Tests.Dapr;

public sealed class AppTokenInterceptorTests
{
    private const string Call = "/daprsocial.users.v1.UserService/GetUser";
    private const string Delivery = "/dapr.proto.runtime.v1.AppCallback/OnTopicEvent";

    [Theory]
    [InlineData(Call)]
    [InlineData(Delivery)]
    public async Task Call_WithTheToken_IsServed(string method) =>
        Assert.True(await IsServedAsync("secret", method, "secret"));

    [Theory]
    [InlineData(Call, null)]
    [InlineData(Call, "")]
    [InlineData(Call, "Secret")]
    [InlineData(Call, "secret ")]
    [InlineData(Delivery, null)]
    [InlineData("/dapr.proto.runtime.v1.AppCallback/OnTopicEvents", null)]
    public async Task Call_WithoutTheToken_IsRefused(string method, string? given)
    {
        var thrown = await Assert.ThrowsAsync<RpcException>(() => IsServedAsync("secret", method, given));

        Assert.Equal(StatusCode.Unauthenticated, thrown.StatusCode);
    }

    [Theory]
    [InlineData("/dapr.proto.runtime.v1.AppCallback/ListTopicSubscriptions")]
    [InlineData("/dapr.proto.runtime.v1.AppCallback/ListInputBindings")]
    [InlineData("/dapr.proto.runtime.v1.AppCallbackHealthCheck/HealthCheck")]
    public async Task Call_ThatSidecarsMakeWithoutToken_IsServed(string method) =>
        Assert.True(await IsServedAsync("secret", method, null));

    [Fact]
    public async Task Call_WhenNoTokenIsSet_IsServed() => Assert.True(await IsServedAsync("", Call, null));

    [Fact]
    public async Task Stream_WithoutTheToken_IsRefused() => await Assert.ThrowsAsync<RpcException>(() =>
        Interceptor("secret").ServerStreamingServerHandler<Empty, Empty>(
            new Empty(), null!, Context(Call, null), (_, _, _) => Task.CompletedTask));

    private static AppTokenInterceptor Interceptor(string token) =>
        new(Options.Create(new DaprOptions { AppToken = token }));

    private static TestCallContext Context(string method, string? given) =>
        new(method, given is null ? [] : new Metadata { { DaprOptions.TokenHeader, given } });

    private static async Task<bool> IsServedAsync(string token, string method, string? given)
    {
        var isServed = false;
        await Interceptor(token).UnaryServerHandler<Empty, Empty>(new Empty(), Context(method, given), (_, _) =>
        {
            isServed = true;
            return Task.FromResult(new Empty());
        });
        return isServed;
    }
}
