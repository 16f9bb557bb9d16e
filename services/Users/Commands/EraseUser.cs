using DaprSocial.EventLog;
using DaprSocial.Events;
using DaprSocial.Events.V1;
using DaprSocial.Users.Domain;
using DaprSocial.Users.Storage;
using DaprSocial.Users.V1;

namespace DaprSocial.Users.Commands;

/// <param name="UserId">Who is erased.</param>
/// <param name="ById">Who erases.</param>
internal sealed record EraseUser(UserId UserId, UserId ById);

/// <summary>Ends a user: first the row, with the stream's last event; then what the log still says.</summary>
internal sealed class EraseUserHandler(CommandRunner commands)
{
    private static readonly string[] _types = [UserCreated.Descriptor.FullName, ProfileUpdated.Descriptor.FullName];

    public Task<EraseUserResponse> HandleAsync(
        EraseUser command, CommandCall call, CancellationToken cancellationToken) =>
        commands.RunAsync(call, (transaction, token) => DecideAsync(command, transaction, token), cancellationToken);

    private static async Task<EraseUserResponse> DecideAsync(
        EraseUser command, CommandTransaction transaction, CancellationToken cancellationToken)
    {
        var id = command.UserId;
        var stream = await transaction.LockErasedStreamAsync(Topics.Users, id.Value, cancellationToken);
        var answer = new EraseUserResponse();
        var user = await UserStore.LockAsync(id, transaction, cancellationToken);
        if (user is not null)
        {
            await UserStore.EraseAsync(id, user.EntityVersion + 1, transaction, cancellationToken);
            stream.Append(new UserErased { UserId = id.ToString() }, id.ToString(), user.EntityVersion + 1);
            answer.Erased.Add(new ErasedRows { Table = "users.user_account", RowCount = 1 });
        }
        else if (!await UserStore.ExistsAsync(id, transaction, cancellationToken))
        {
            throw UserErrors.NotFound(id.ToString());
        }

        var log = new LogErasure(id.Value, command.ById.Value, [Topics.Users], _types);
        var (erased, isComplete) = await log.RunAsync(AppIds.Users, transaction, cancellationToken);
        answer.Erased.AddRange(erased);
        // The event that this call records has no place in the log before it commits.
        answer.Complete = isComplete && user is null;
        answer.ConsistencyToken = stream.Token.ToString();
        return answer;
    }
}
