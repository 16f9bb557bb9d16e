using Grpc.Core;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

public sealed class ServerCallContextTests
{
    [Fact]
    public async Task PublicMembers_DerivedContext_GiveWhatItGives()
    {
        var context = new DerivedContext();
        var headers = new Metadata();
        var writeOptions = new WriteOptions(WriteFlags.NoCompress);

        await context.WriteResponseHeadersAsync(headers);
        context.Status = new Status(StatusCode.Aborted, "lost");
        context.WriteOptions = writeOptions;

        Assert.Equal(("/pkg.Echo/Say", "host", "ipv4:127.0.0.1:1"), (context.Method, context.Host, context.Peer));
        Assert.Equal(DateTime.MaxValue, context.Deadline);
        Assert.Same(context.Headers, context.RequestHeaders);
        Assert.Same(context.Trailers, context.ResponseTrailers);
        Assert.Equal(context.Token, context.CancellationToken);
        Assert.Same(context.Auth, context.AuthContext);
        Assert.Same(headers, context.SentHeaders);
        Assert.Equal(StatusCode.Aborted, context.Status.StatusCode);
        Assert.Same(writeOptions, context.WriteOptions);
        Assert.Throws<NotImplementedException>(() => context.CreatePropagationToken());
    }

    [Fact]
    public void UserState_NotOverridden_IsOneDictionaryPerContext()
    {
        ServerCallContext context = new DerivedContext(), other = new DerivedContext();

        context.UserState["key"] = "note";

        Assert.Equal("note", context.UserState["key"]);
        Assert.Empty(other.UserState);
    }

    private sealed class DerivedContext : ServerCallContext
    {
        public Metadata Headers { get; } = [];

        public Metadata Trailers { get; } = [];

        public AuthContext Auth { get; } = new(null, []);

        public CancellationToken Token { get; } = new(canceled: true);

        public Metadata? SentHeaders { get; private set; }

        protected override string MethodCore => "/pkg.Echo/Say";

        protected override string HostCore => "host";

        protected override string PeerCore => "ipv4:127.0.0.1:1";

        protected override DateTime DeadlineCore => DateTime.MaxValue;

        protected override Metadata RequestHeadersCore => Headers;

        protected override CancellationToken CancellationTokenCore => Token;

        protected override Metadata ResponseTrailersCore => Trailers;

        protected override Status StatusCore { get; set; }

        protected override WriteOptions? WriteOptionsCore { get; set; }

        protected override AuthContext AuthContextCore => Auth;

        protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
        {
            SentHeaders = responseHeaders;
            return Task.CompletedTask;
        }

        protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
            throw new NotImplementedException();
    }
}
