using DaprSocial.Consistency;
using DaprSocial.Errors;
using DaprSocial.Errors.V1;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using DaprSocial.Users.V1;

namespace DaprSocial.EventLog.Tests;

public sealed class CommandCallTests
{
    private static readonly string _token =
        ConsistencyToken.Of(new StreamVersion(Uuid.Create(1), "graph", Uuid.Create(2), 3)).ToString();

    [Fact]
    public void From_ARequest_ReadsItsSharedFields()
    {
        var call = From(new CreateUserRequest { Handle = "ada", RequestId = "key", ConsistencyToken = _token });

        Assert.Equal(("scope", "/s/Create", "key"), (call.Scope, call.Rpc, call.RequestId));
        Assert.Equal(_token, call.After.ToString());
        Assert.Equal(32, call.BodyHash.Length);
    }

    [Fact]
    public void BodyHash_TokenAndKeyDiffer_IsTheSame()
    {
        var bare = From(new CreateUserRequest { Handle = "ada" });
        var full = From(new CreateUserRequest { Handle = "ada", RequestId = "key", ConsistencyToken = _token });

        Assert.Equal(bare.BodyHash, full.BodyHash);
    }

    [Fact]
    public void BodyHash_AnotherFieldDiffers_IsAnother() => Assert.NotEqual(
        From(new CreateUserRequest { Handle = "ada" }).BodyHash, From(new CreateUserRequest { Bio = "ada" }).BodyHash);

    [Fact]
    public void BodyHash_FieldSetToEmptyOrAbsent_IsAnother() => Assert.NotEqual(
        From(new UpdateProfileRequest { Bio = "" }).BodyHash, From(new UpdateProfileRequest()).BodyHash);

    [Fact]
    public void From_ARequest_DoesNotChangeIt()
    {
        var request = new CreateUserRequest { Handle = "ada", RequestId = "key", ConsistencyToken = _token };
        var before = request.Clone();

        From(request);

        Assert.Equal(before, request);
    }

    [Fact]
    public void From_LongestKey_IsTaken() =>
        Assert.Equal(64, From(new CreateUserRequest { RequestId = new string('k', 64) }).RequestId.Length);

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void From_KeyTooLongOrNotPrintable_IsRefused(string key)
    {
        var refusal = Assert.Throws<ServiceException>(() => From(new CreateUserRequest { RequestId = key }));

        Assert.Equal((ErrorReason.InvalidField, "request_id"), (refusal.Reason, refusal.Field));
    }

    [Fact]
    public void From_GarbledToken_IsRefused()
    {
        var refusal = Assert.Throws<ServiceException>(() => From(new CreateUserRequest { ConsistencyToken = "!" }));

        Assert.Equal(ErrorReason.InvalidConsistencyToken, refusal.Reason);
    }

    private static CommandCall From(Google.Protobuf.IMessage request) =>
        CommandCall.From(request, "scope", new TestCallContext("/s/Create"));
}
