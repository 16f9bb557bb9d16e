using DaprSocial.Hosting;
using DaprSocial.Identifiers;
using DaprSocial.Testing;
using UserId = DaprSocial.Identifiers.Id<DaprSocial.Users.V1.User>;

namespace DaprSocial.Platform.Tests.Hosting;

public sealed class OutgoingCallTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Options_ForAnActor_NameItAndTheDeadline()
    {
        using var cancellation = new CancellationTokenSource();
        var actor = new UserId(Uuid.Create(1));

        var options = OutgoingCall.Options(actor, TimeSpan.FromSeconds(2), _clock, cancellation.Token);

        Assert.Equal(actor.ToString(), options.Headers!.GetValue(HeaderCaller.Header));
        Assert.Equal(_clock.GetUtcNow().UtcDateTime.AddSeconds(2), options.Deadline);
        Assert.Equal(DateTimeKind.Utc, options.Deadline!.Value.Kind);
        Assert.Equal(cancellation.Token, options.CancellationToken);
    }

    [Fact]
    public void Options_ForNobody_NameNoActor() => Assert.Empty(
        OutgoingCall.Options(null, TimeSpan.FromSeconds(2), _clock, CancellationToken.None).Headers!);
}
