using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Identifiers;
using DaprSocial.Users.Api;
using DaprSocial.Users.Domain;
using DaprSocial.Users.Storage;
using DaprSocial.Users.V1;
using User = DaprSocial.Users.Domain.User;

namespace DaprSocial.Users.Commands;

internal sealed record CreateUser(UserHandle Handle, string DisplayName, string Bio);

internal sealed class CreateUserHandler(CommandRunner commands)
{
    public Task<CreateUserResponse> HandleAsync(
        CreateUser command, CommandCall call, CancellationToken cancellationToken) =>
        commands.RunAsync(call, (transaction, token) => DecideAsync(command, transaction, token), cancellationToken);

    private static async Task<CreateUserResponse> DecideAsync(
        CreateUser command, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        // The one stream that begins with its own actor.
        var id = new UserId(Uuid.Create(transaction.Now.ToUnixTimeMilliseconds()));
        var stream = await transaction.LockStreamAsync(Topics.Users, id.Value, cancellationToken);
        var user = User.Create(id, command.Handle, command.DisplayName, command.Bio, transaction.Now);
        if (!await UserStore.TryInsertAsync(user, transaction, cancellationToken))
            throw UserErrors.HandleTaken(command.Handle);

        var answer = user.ToProto();
        stream.Append(new UserCreated { User = answer }, id.ToString(), user.EntityVersion);
        return new CreateUserResponse { User = answer, ConsistencyToken = stream.Token.ToString() };
    }
}
