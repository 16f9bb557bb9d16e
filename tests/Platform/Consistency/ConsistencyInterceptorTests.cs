using DaprSocial.Consistency;
using DaprSocial.Events.V1;
using DaprSocial.Identifiers;
using DaprSocial.Users.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace DaprSocial.Platform.Tests.Consistency;

public sealed class ConsistencyInterceptorTests
{
    private static readonly Guid _log = Uuid.Create(1);
    private static readonly Guid _stream = Uuid.Create(2);

    private readonly ConsistencyInterceptor _interceptor = new();

    [Fact]
    public async Task Call_AfterAnAnswerWithAToken_CarriesIt()
    {
        var invoker = new ScriptedInvoker(_ => Answer(Token("users", 1)));
        var client = ClientOf(invoker);

        await client.GetUserAsync(new GetUserRequest());
        await client.GetUserAsync(new GetUserRequest());

        Assert.Equal(["", Token("users", 1).ToString()], TokensOf(invoker));
    }

    [Fact]
    public async Task Call_AfterSeveralAnswers_CarriesAllMerged()
    {
        var answers = new Queue<ConsistencyToken>([Token("users", 5), Token("posts", 1), Token("users", 3)]);
        var invoker = new ScriptedInvoker(_ => Answer(answers.TryDequeue(out var token) ? token : ConsistencyToken.Empty));
        var client = ClientOf(invoker);

        for (var call = 0; call < 4; call++)
            await client.GetUserAsync(new GetUserRequest());

        var carried = ConsistencyToken.Parse(TokensOf(invoker)[^1]);
        Assert.Equal(
            new HashSet<StreamVersion> { new(_log, "users", _stream, 5), new(_log, "posts", _stream, 1) },
            carried.Streams.ToHashSet());
    }

    [Fact]
    public async Task Call_WithItsOwnToken_KeepsIt()
    {
        var own = Token("graph", 9).ToString();
        var invoker = new ScriptedInvoker(_ => Answer(ConsistencyToken.Empty));
        _interceptor.Merge(Token("users", 5));

        await ClientOf(invoker).GetUserAsync(new GetUserRequest { ConsistencyToken = own });

        Assert.Equal([own], TokensOf(invoker));
    }

    [Fact]
    public async Task Call_WithTheCallersMessage_NeverChangesIt()
    {
        var request = new CreateUserRequest { Handle = "ada", RequestId = "r" };
        var before = request.Clone();
        var invoker = new ScriptedInvoker(_ => Task.FromResult<object>(new CreateUserResponse()));
        _interceptor.Merge(Token("users", 5));

        await ClientOf(invoker).CreateUserAsync(request);

        Assert.Equal(before, request);
        var sent = Assert.IsType<CreateUserRequest>(Assert.Single(invoker.Requests));
        Assert.Equal(("ada", "r", Token("users", 5).ToString()), (sent.Handle, sent.RequestId, sent.ConsistencyToken));
    }

    [Fact]
    public async Task Call_WithNothingToCarry_SendsTheMessageItself()
    {
        var request = new GetUserRequest();
        var invoker = new ScriptedInvoker(_ => Answer(ConsistencyToken.Empty));

        await ClientOf(invoker).GetUserAsync(request);

        Assert.Same(request, Assert.Single(invoker.Requests));
    }

    [Fact]
    public async Task Call_OfAMessageWithoutTheField_IsLeftAlone()
    {
        var request = new ListStreamHeadsRequest();
        var invoker = new ScriptedInvoker(_ => Task.FromResult<object>(new ListStreamHeadsResponse()));
        _interceptor.Merge(Token("users", 5));

        await new EventLogService.EventLogServiceClient(invoker.Intercept(_interceptor)).ListStreamHeadsAsync(request);

        Assert.Same(request, Assert.Single(invoker.Requests));
        Assert.Equal(5, Assert.Single(_interceptor.Token.Streams).Version);
    }

    [Fact]
    public async Task Call_ThatFails_LeavesTheTokenAndTheError()
    {
        var failure = new RpcException(new Status(StatusCode.Unavailable, "away"));
        var client = ClientOf(new ScriptedInvoker(_ => Task.FromException<object>(failure)));
        _interceptor.Merge(Token("users", 5));

        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await client.GetUserAsync(new GetUserRequest()));

        Assert.Same(failure, thrown);
        Assert.Equal(5, Assert.Single(_interceptor.Token.Streams).Version);
    }

    [Fact]
    public async Task Call_Always_PassesHeadersStatusAndTrailersOn()
    {
        using var call = ClientOf(new ScriptedInvoker(_ => Answer(ConsistencyToken.Empty))).GetUserAsync(new GetUserRequest());

        await call;

        Assert.Equal("h", (await call.ResponseHeadersAsync).GetValue("header"));
        Assert.Equal("fine", call.GetStatus().Detail);
        Assert.Equal("t", call.GetTrailers().GetValue("trailer"));
    }

    [Fact]
    public async Task Calls_AtOnce_LoseNoToken()
    {
        var next = 0;
        var invoker = new ScriptedInvoker(_ => Task.Run(() => Answer(Token($"t{Interlocked.Increment(ref next)}", 1))));
        var client = ClientOf(invoker);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.GetUserAsync(new GetUserRequest()).ResponseAsync));

        Assert.Equal(50, _interceptor.Token.Streams.Length);
    }

    private static ConsistencyToken Token(string topic, long version) =>
        ConsistencyToken.Of(new StreamVersion(_log, topic, _stream, version));

    private static Task<object> Answer(ConsistencyToken token) =>
        Task.FromResult<object>(new GetUserResponse { ConsistencyToken = token.ToString() });

    private static List<string> TokensOf(ScriptedInvoker invoker) =>
        [.. invoker.Requests.Cast<GetUserRequest>().Select(request => request.ConsistencyToken)];

    private UserService.UserServiceClient ClientOf(ScriptedInvoker invoker) => new(invoker.Intercept(_interceptor));
}
