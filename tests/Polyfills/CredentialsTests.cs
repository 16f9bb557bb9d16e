using Grpc.Core;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

public sealed class CredentialsTests
{
    private static readonly AsyncAuthInterceptor _interceptor = (_, _) => Task.CompletedTask;
    private static readonly CallCredentials _first = CallCredentials.FromInterceptor(_interceptor);
    private static readonly CallCredentials _second = CallCredentials.FromInterceptor(_interceptor);
    private static readonly object _state = new();

    private readonly Configurator _configurator = new();

    [Fact]
    public void FromInterceptor_Populated_GivesTheInterceptorAndTheState()
    {
        _first.InternalPopulateConfiguration(_configurator.Call, _state);

        Assert.Equal([("interceptor", _state, _interceptor)], _configurator.Seen);
    }

    [Fact]
    public void Compose_Two_GivesThemInOrder()
    {
        CallCredentials[] both = [_first, _second];
        var composed = CallCredentials.Compose(both);
        both[0] = _second;

        composed.InternalPopulateConfiguration(_configurator.Call, null);

        var (kind, state, value) = Assert.Single(_configurator.Seen);
        Assert.Equal(("composite", null), (kind, state));
        Assert.Equal([_first, _second], Assert.IsAssignableFrom<IReadOnlyList<CallCredentials>>(value));
    }

    [Fact]
    public void Compose_FewerThanTwoOrNull_Throws()
    {
        Assert.Throws<ArgumentException>(() => CallCredentials.Compose());
        Assert.Throws<ArgumentException>(() => CallCredentials.Compose(_first));
        Assert.Throws<ArgumentNullException>(() => CallCredentials.Compose(_first, null!));
        Assert.Throws<ArgumentNullException>(() => CallCredentials.FromInterceptor(null!));
    }

    [Fact]
    public void Insecure_Populated_SaysSo()
    {
        ChannelCredentials.Insecure.InternalPopulateConfiguration(_configurator.Channel, _state);

        Assert.Equal([("insecure", _state, null)], _configurator.Seen);
        Assert.Same(ChannelCredentials.Insecure, ChannelCredentials.Insecure);
    }

    [Fact]
    public void SecureSsl_Populated_HasNoSettings()
    {
        ChannelCredentials.SecureSsl.InternalPopulateConfiguration(_configurator.Channel, _state);

        (string?, KeyCertificatePair?, VerifyPeerCallback?) nothing = default;
        Assert.Equal([("ssl", _state, nothing)], _configurator.Seen);
    }

    [Fact]
    public void SslCredentials_Settings_ReachTheConfigurator()
    {
        var pair = new KeyCertificatePair("chain", "key");
        VerifyPeerCallback verify = _ => true;
        var credentials = new SslCredentials("roots", pair, verify);

        credentials.InternalPopulateConfiguration(_configurator.Channel, _state);

        (string?, KeyCertificatePair?, VerifyPeerCallback?) settings = ("roots", pair, verify);
        Assert.Equal([("ssl", _state, settings)], _configurator.Seen);
        Assert.Equal(("roots", pair), (credentials.RootCertificates, credentials.KeyCertificatePair));
        Assert.Equal(("chain", "key"), (pair.CertificateChain, pair.PrivateKey));
        Assert.Equal("roots", new SslCredentials("roots").RootCertificates);
        Assert.Same(pair, new SslCredentials("roots", pair).KeyCertificatePair);
    }

    [Fact]
    public void Create_InsecureOrSsl_GivesBothParts()
    {
        foreach (var channel in (ChannelCredentials[])[ChannelCredentials.Insecure, ChannelCredentials.SecureSsl])
        {
            var created = ChannelCredentials.Create(channel, _first);

            created.InternalPopulateConfiguration(_configurator.Channel, _state);

            Assert.Equal(("composite", _state, (channel, _first)), _configurator.Seen[^1]);
        }
    }

    [Fact]
    public void Create_AlreadyComposedOrNull_Throws()
    {
        var composed = ChannelCredentials.Create(ChannelCredentials.SecureSsl, _first);

        Assert.Throws<ArgumentException>(() => ChannelCredentials.Create(composed, _second));
        Assert.Throws<ArgumentNullException>(() => ChannelCredentials.Create(null!, _first));
        Assert.Throws<ArgumentNullException>(() => ChannelCredentials.Create(ChannelCredentials.Insecure, null!));
    }

    [Fact]
    public void AuthInterceptorContext_Created_KeepsItsParts()
    {
        using var cancellation = new CancellationTokenSource();

        var context = new AuthInterceptorContext("https://host/pkg.Echo", "Say", cancellation.Token);

        Assert.Equal(("https://host/pkg.Echo", "Say"), (context.ServiceUrl, context.MethodName));
        Assert.Equal(cancellation.Token, context.CancellationToken);
        Assert.Equal(CancellationToken.None, new AuthInterceptorContext("https://host", "Say").CancellationToken);
    }

    private sealed class Configurator
    {
        public Configurator()
        {
            Call = new CallConfigurator(this);
            Channel = new ChannelConfigurator(this);
        }

        public CallCredentialsConfiguratorBase Call { get; }

        public ChannelCredentialsConfiguratorBase Channel { get; }

        public List<(string Kind, object? State, object? Value)> Seen { get; } = [];
    }

    private sealed class CallConfigurator(Configurator owner) : CallCredentialsConfiguratorBase
    {
        public override void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials) =>
            owner.Seen.Add(("composite", state, credentials));

        public override void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor) =>
            owner.Seen.Add(("interceptor", state, interceptor));
    }

    private sealed class ChannelConfigurator(Configurator owner) : ChannelCredentialsConfiguratorBase
    {
        public override void SetInsecureCredentials(object state) => owner.Seen.Add(("insecure", state, null));

        public override void SetSslCredentials(
            object state,
            string? rootCertificates,
            KeyCertificatePair? keyCertificatePair,
            VerifyPeerCallback? verifyPeerCallback) =>
            owner.Seen.Add(("ssl", state, (rootCertificates, keyCertificatePair, verifyPeerCallback)));

        public override void SetCompositeCredentials(
            object state, ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
            owner.Seen.Add(("composite", state, (channelCredentials, callCredentials)));
    }
}
