using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Users.Api;
using DaprSocial.Users.Domain;
using DaprSocial.Users.Storage;
using DaprSocial.Users.V1;

namespace DaprSocial.Users.Commands;

internal sealed record UpdateProfile(UserId ActorId, string? DisplayName, string? Bio);

internal sealed class UpdateProfileHandler(CommandRunner commands)
{
    public Task<UpdateProfileResponse> HandleAsync(
        UpdateProfile command, CommandCall call, CancellationToken cancellationToken) =>
        commands.RunAsync(call, (transaction, token) => DecideAsync(command, transaction, token), cancellationToken);

    private static async Task<UpdateProfileResponse> DecideAsync(
        UpdateProfile command, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        var stream = await transaction.LockStreamAsync(Topics.Users, command.ActorId.Value, cancellationToken);
        var before = await UserStore.LockAsync(command.ActorId, transaction, cancellationToken)
            ?? throw UserErrors.NotFound(command.ActorId.ToString());
        var user = before.Update(command.DisplayName, command.Bio, transaction.Now);

        await UserStore.UpdateAsync(user, transaction, cancellationToken);
        var answer = user.ToProto();
        stream.Append(new ProfileUpdated { User = answer }, user.Id.ToString(), user.EntityVersion);
        return new UpdateProfileResponse { User = answer, ConsistencyToken = stream.Token.ToString() };
    }
}
