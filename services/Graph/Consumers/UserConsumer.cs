using DaprSocial.Graph.Storage;
using DaprSocial.Hosting;
using DaprSocial.Projections;
using DaprSocial.Users.V1;

namespace DaprSocial.Graph.Consumers;

/// <summary>Learns who can be followed. Idempotent: a known user stays known, an erased one is known no more.</summary>
internal static class UserConsumer
{
    public static void Apply(UserCreated created, EventEnvelope envelope, GraphBatch batch) =>
        batch.PutUser(RequestFields.Id<User>(created.User.Id, "user.id"));

    public static void Apply(UserErased erased, EventEnvelope envelope, GraphBatch batch) =>
        batch.Erase(RequestFields.Id<User>(erased.UserId, "user_id"));
}
