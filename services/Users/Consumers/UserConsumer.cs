using DaprSocial.Hosting;
using DaprSocial.Projections;
using DaprSocial.Users.Storage;
using DaprSocial.Users.V1;

namespace DaprSocial.Users.Consumers;

/// <summary>Keeps user views. Idempotent: the view with the greater entity version stays.</summary>
internal static class UserConsumer
{
    public static void Apply(UserCreated created, EventEnvelope envelope, UsersBatch batch) =>
        Put(created.User, envelope, batch);

    public static void Apply(ProfileUpdated updated, EventEnvelope envelope, UsersBatch batch) =>
        Put(updated.User, envelope, batch);

    public static void Apply(UserErased erased, EventEnvelope envelope, UsersBatch batch) =>
        batch.Erase(RequestFields.Id<User>(erased.UserId, "user_id"), envelope.EntityVersion);

    private static void Put(User user, EventEnvelope envelope, UsersBatch batch) =>
        batch.Put(new Domain.User(
            RequestFields.Id<User>(user.Id, "user.id"), user.Handle, user.DisplayName, user.Bio,
            user.CreateTime.ToDateTimeOffset(), user.UpdateTime.ToDateTimeOffset(), envelope.EntityVersion));
}
