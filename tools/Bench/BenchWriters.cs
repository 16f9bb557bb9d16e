using System.Globalization;
using DaprSocial.Load.Driving;
using DaprSocial.Users.V1;
using Grpc.Core;

namespace DaprSocial.Bench;

/// <summary>The users that a bench writes as: the same ones in every run.</summary>
internal static class BenchWriters
{
    private static readonly TimeSpan _callTimeout = TimeSpan.FromSeconds(10);

    public static async Task<Guid[]> FindOrCreateAsync(Mesh mesh, int count, CancellationToken cancellationToken)
    {
        var writers = new Guid[count];
        for (var number = 0; number < count; number++)
        {
            var handle = string.Create(CultureInfo.InvariantCulture, $"bench_writer_{number:000}");
            writers[number] = Guid.Parse(await FindOrCreateAsync(mesh, handle, cancellationToken));
        }

        return writers;
    }

    private static async Task<string> FindOrCreateAsync(Mesh mesh, string handle, CancellationToken cancellationToken)
    {
        try
        {
            var request = new CreateUserRequest { Handle = handle, DisplayName = "Writes for ./social bench" };
            var answer = await mesh.CallAsync(
                AppIds.Users, null, _callTimeout, options => mesh.Users.CreateUserAsync(request, options),
                cancellationToken);
            return answer.User.Id;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.AlreadyExists)
        {
            var request = new GetUserRequest { Handle = handle };
            var answer = await mesh.CallAsync(
                AppIds.Users, null, _callTimeout, options => mesh.Users.GetUserAsync(request, options),
                cancellationToken);
            return answer.User.Id;
        }
    }
}
