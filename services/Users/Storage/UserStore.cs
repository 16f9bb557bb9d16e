using DaprSocial.EventLog;
using Npgsql;
using User = DaprSocial.Users.Domain.User;

namespace DaprSocial.Users.Storage;

/// <summary>The command side's table.</summary>
internal static class UserStore
{
    private const string HandleConstraint = "user_account_handle";

    private const string InsertOne = """
        insert into user_account (id, handle, display_name, bio, create_time, update_time, entity_version)
        values (@id, @handle, @displayName, @bio, @createTime, @updateTime, @version)
        """;

    private const string LockOne = """
        select id, handle, display_name, bio, create_time, update_time, entity_version
        from user_account where id = @id and handle is not null for update
        """;

    private const string Exists = "select exists (select 1 from user_account where id = @id)";

    private const string EraseOne = """
        update user_account
        set handle = null, display_name = '', bio = '', create_time = @now, update_time = @now,
            entity_version = @version
        where id = @id
        """;

    private const string UpdateOne = """
        update user_account
        set display_name = @displayName, bio = @bio, update_time = @updateTime, entity_version = @version
        where id = @id
        """;

    /// <summary>Inserts a user.</summary>
    /// <returns>False when another user has the handle; the transaction cannot go on then.</returns>
    public static async Task<bool> TryInsertAsync(
        User user, CommandTransaction command, CancellationToken cancellationToken)
    {
        try
        {
            await command.ExecuteAsync(InsertOne, Parameters(user), cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.ConstraintName == HandleConstraint)
        {
            return false;
        }
    }

    /// <returns>Null when there is none, or it was erased.</returns>
    public static async Task<User?> LockAsync(
        UserId id, CommandTransaction command, CancellationToken cancellationToken) =>
        (await command.FindAsync<UserRow>(LockOne, new { id = id.Value }, cancellationToken))?.ToUser();

    public static Task UpdateAsync(User user, CommandTransaction command, CancellationToken cancellationToken) =>
        command.ExecuteAsync(UpdateOne, Parameters(user), cancellationToken);

    /// <summary>True also for a user who was erased.</summary>
    public static Task<bool> ExistsAsync(UserId id, CommandTransaction command, CancellationToken cancellationToken) =>
        command.FindAsync<bool>(Exists, new { id = id.Value }, cancellationToken);

    /// <summary>Leaves id and version.</summary>
    public static Task EraseAsync(
        UserId id, long version, CommandTransaction command, CancellationToken cancellationToken) =>
        command.ExecuteAsync(
            EraseOne, new { id = id.Value, version, now = command.Now.UtcDateTime }, cancellationToken);

    private static object Parameters(User user) => new
    {
        id = user.Id.Value, handle = user.Handle, displayName = user.DisplayName, bio = user.Bio,
        createTime = user.CreateTime.UtcDateTime, updateTime = user.UpdateTime.UtcDateTime,
            version = user.EntityVersion,
    };
}
