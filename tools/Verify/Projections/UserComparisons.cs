using DaprSocial.Events;

namespace DaprSocial.Verify.Projections;

internal static class UserComparisons
{
    private const string Columns = "id, handle, display_name, bio, create_time, update_time, entity_version";
    // An erased user keeps a row, which has no handle, and no view.
    private const string Expected = $"select {Columns} from {{users}}.user_account where handle is not null";
    private const string Actual = $"select {Columns} from {{users.projected}}.user_view";

    public static IReadOnlyList<Comparison> All { get; } =
    [
        new(
            "users.user_view",
            AppIds.Users,
            [new("id")],
            ["handle", "display_name", "bio", "create_time", "update_time", "entity_version"],
            Expected,
            Actual,
            BaseTable: "{users}.user_account",
            Topics.Users,
            EntityId: "k.id::text"),
    ];
}
