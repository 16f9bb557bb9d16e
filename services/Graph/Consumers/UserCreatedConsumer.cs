using DaprSocial.Graph.Storage;
using DaprSocial.Hosting;
using DaprSocial.Projections;
using DaprSocial.Users.V1;

namespace DaprSocial.Graph.Consumers;

/// <summary>Learns who can be followed. Idempotent: a known user stays known.</summary>
internal static class UserCreatedConsumer
{
    public static void Apply(UserCreated created, EventEnvelope envelope, GraphBatch batch) =>
        batch.PutUser(RequestFields.Id<User>(created.User.Id, "user.id"));
}
