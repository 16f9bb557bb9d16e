using DaprSocial.Load.Driving;
using DaprSocial.Users.V1;
using Grpc.Core;

namespace DaprSocial.Load.Tests.Fakes;

internal sealed class FakeUserService(FakeSocial social) : UserService.UserServiceBase
{
    public override Task<CreateUserResponse> CreateUser(CreateUserRequest request, ServerCallContext context) =>
        Task.FromResult(social.Once(request.RequestId, () =>
        {
            if (social.Users.Values.Any(user => user.Handle == request.Handle))
            {
                throw FakeErrors.Refuse(StatusCode.AlreadyExists, Refusals.HandleTaken);
            }

            var id = social.NewId();
            var user = new User { Id = $"{id}", Handle = request.Handle, DisplayName = request.DisplayName };
            social.Users.Add(id, user);
            social.Logs["users"].Append("users", id, $"{id}", request.RequestId);
            return new CreateUserResponse { User = user, ConsistencyToken = social.Logs["users"].TokenOf(id) };
        }));

    public override Task<GetUserResponse> GetUser(GetUserRequest request, ServerCallContext context)
    {
        lock (social.Lock)
        {
            var user = social.Users.Values.FirstOrDefault(
                user => user.Id == request.UserId || user.Handle == request.Handle);
            return user is null
                ? throw FakeErrors.Refuse(StatusCode.NotFound, "no such user")
                : Task.FromResult(new GetUserResponse { User = user, Freshness = FakeSocial.Fresh() });
        }
    }

    public override Task<BatchGetUsersResponse> BatchGetUsers(BatchGetUsersRequest request, ServerCallContext context)
    {
        lock (social.Lock)
        {
            var answer = new BatchGetUsersResponse { Freshness = FakeSocial.Fresh() };
            answer.Users.AddRange(request.UserIds.Select(id => social.Users[Guid.Parse(id)]));
            return Task.FromResult(answer);
        }
    }
}
