using DaprSocial.Load.Driving;
using DaprSocial.Users.V1;

namespace DaprSocial.Faults.Driving;

/// <summary>One user changes the name again and again; who reads with the newest token reads the newest.</summary>
internal sealed class ProfileChanges(ScenarioClient client, TokenReader reader, string name)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(400);

    private Guid _user;
    private int _round;

    public async Task BeginAsync(CancellationToken cancellationToken) =>
        _user = await client.CreateUserAsync($"{name}_user", cancellationToken);

    public async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        var wanted = $"name {++_round}";
        var token = await client.RenameAsync(_user, wanted, cancellationToken);
        var request = new GetUserRequest { UserId = $"{_user}", ConsistencyToken = token };
        await reader.ReadAsync(
            $"rename of {_user} to {wanted}", AppIds.Users, _user, token,
            options => reader.Mesh.Users.GetUserAsync(request, options), answer => answer.Freshness,
            answer => AnswerOracle.Name(answer, wanted), cancellationToken);
        await Task.Delay(_pause, cancellationToken);
    }
}
