using DaprSocial.Hosting;
using DaprSocial.Projections;
using DaprSocial.Search.Domain;
using DaprSocial.Search.Storage;
using DaprSocial.Users.V1;

namespace DaprSocial.Search.Consumers;

/// <summary>Keeps users in the index. Idempotent: the user with the greater entity version stays.</summary>
internal static class UserConsumer
{
    public static void Apply(UserCreated created, EventEnvelope envelope, SearchBatch batch) =>
        Put(created.User, envelope, batch);

    public static void Apply(ProfileUpdated updated, EventEnvelope envelope, SearchBatch batch) =>
        Put(updated.User, envelope, batch);

    public static void Apply(UserErased erased, EventEnvelope envelope, SearchBatch batch) =>
        batch.Put(UserDocument.Stub(RequestFields.Id<User>(erased.UserId, "user_id"), envelope.EntityVersion));

    private static void Put(User user, EventEnvelope envelope, SearchBatch batch) =>
        batch.Put(new UserDocument(
            RequestFields.Id<User>(user.Id, "user.id"), user.Handle, user.DisplayName, user.Bio, IsDeleted: false,
            envelope.EntityVersion));
}
