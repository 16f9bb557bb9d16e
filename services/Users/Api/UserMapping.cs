using DaprSocial.Errors;
using DaprSocial.Hosting;
using DaprSocial.Users.Commands;
using DaprSocial.Users.Domain;
using DaprSocial.Users.Queries;
using DaprSocial.Users.V1;
using Google.Protobuf.WellKnownTypes;

namespace DaprSocial.Users.Api;

/// <summary>Between the contract and the domain. Total, save that a bad request is refused.</summary>
internal static class UserMapping
{
    private const int DisplayNameGraphemesMax = 64;
    private const int BioGraphemesMax = 256;

    public static CreateUser ToCommand(this CreateUserRequest request) => new(
        UserHandle.Parse(request.Handle), ToDisplayName(request.DisplayName), ToBio(request.Bio));

    public static UpdateProfile ToCommand(this UpdateProfileRequest request, UserId actor) => new(
        actor, request.HasDisplayName ? ToDisplayName(request.DisplayName) : null,
        request.HasBio ? ToBio(request.Bio) : null);

    public static GetUser ToQuery(this GetUserRequest request) => request switch
    {
        { UserId.Length: > 0, Handle.Length: > 0 } or { UserId.Length: 0, Handle.Length: 0 } =>
            throw Refusals.InvalidField("user_id", "give exactly one of user_id and handle."),
        { Handle.Length: > 0 } => new GetUser(null, UserHandle.Parse(request.Handle).Value),
        _ => new GetUser(RequestFields.Id<V1.User>(request.UserId, "user_id"), ""),
    };

    public static V1.User ToProto(this Domain.User user) => new()
    {
        Id = user.Id.ToString(),
        Handle = user.Handle,
        DisplayName = user.DisplayName,
        Bio = user.Bio,
        CreateTime = user.CreateTime.ToTimestamp(),
        UpdateTime = user.UpdateTime.ToTimestamp(),
    };

    private static string ToDisplayName(string text) =>
        RequestFields.Text(text, "display_name", DisplayNameGraphemesMax);

    private static string ToBio(string text) => RequestFields.Text(text, "bio", BioGraphemesMax);
}
