using DaprSocial.Consistency.V1;
using DaprSocial.EventLog;
using DaprSocial.Hosting;
using DaprSocial.Projections;
using DaprSocial.Users.Commands;
using DaprSocial.Users.Queries;
using DaprSocial.Users.V1;
using Grpc.Core;

namespace DaprSocial.Users.Api;

internal sealed class UserGrpcService(
    CreateUserHandler createUser, UpdateProfileHandler updateProfile, EraseUserHandler eraseUser,
    GetUserHandler getUser, BatchGetUsersHandler batchGetUsers, FreshnessGate gate, ICaller caller)
    : UserService.UserServiceBase
{
    // Dapr names the calling app; a call past the sidecar names none and shares one scope.
    private const string CallerAppHeader = "dapr-caller-app-id";

    public override Task<CreateUserResponse> CreateUser(CreateUserRequest request, ServerCallContext context)
    {
        var app = context.RequestHeaders.GetValue(CallerAppHeader) ?? "";
        var call = CommandCall.From(request, $"app:{app}", context);
        return createUser.HandleAsync(request.ToCommand(), call, context.CancellationToken);
    }

    public override Task<UpdateProfileResponse> UpdateProfile(UpdateProfileRequest request, ServerCallContext context)
    {
        var actor = caller.RequireActor(context);
        var call = CommandCall.From(request, actor.ToString(), context);
        return updateProfile.HandleAsync(request.ToCommand(actor), call, context.CancellationToken);
    }

    public override async Task<GetUserResponse> GetUser(GetUserRequest request, ServerCallContext context)
    {
        var query = request.ToQuery();
        var read = await WaitAsync(request.ConsistencyToken, request.MaxWait, context);
        var found = await getUser.HandleAsync(query, read.Token, context.CancellationToken);
        return new GetUserResponse
        {
            User = found.User.ToProto(),
            ConsistencyToken = read.Token.ToString(),
            Freshness = FreshnessOf(read, found.IsCached),
        };
    }

    public override async Task<BatchGetUsersResponse> BatchGetUsers(
        BatchGetUsersRequest request, ServerCallContext context)
    {
        var ids = RequestFields.Ids<User>(request.UserIds, "user_ids");
        var read = await WaitAsync(request.ConsistencyToken, request.MaxWait, context);
        var found = await batchGetUsers.HandleAsync(new BatchGetUsers(ids, read.Token), context.CancellationToken);
        return new BatchGetUsersResponse
        {
            Users = { found.Users.Select(user => user.ToProto()) },
            MissingIds = { found.Missing.Select(id => id.ToString()) },
            ConsistencyToken = read.Token.ToString(),
            Freshness = FreshnessOf(read, found.HasCached),
        };
    }

    public override Task<EraseUserResponse> EraseUser(EraseUserRequest request, ServerCallContext context)
    {
        var user = RequestFields.Id<User>(request.UserId, "user_id");
        var call = CommandCall.From(request, $"erase:{user}", context);
        var command = new EraseUser(user, caller.FindActor(context) ?? user);
        return eraseUser.HandleAsync(command, call, context.CancellationToken);
    }

    private static Freshness FreshnessOf(ReadState read, bool hasCached)
    {
        if (hasCached)
            read.Freshness.Source = Freshness.Types.Source.Cache;
        return read.Freshness;
    }

    private Task<ReadState> WaitAsync(
        string token, Google.Protobuf.WellKnownTypes.Duration? maxWait, ServerCallContext context) =>
        gate.WaitAsync(token, maxWait, caller.FindActor(context)?.Value, context);
}
