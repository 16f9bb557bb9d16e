using DaprSocial.EndToEnd.Tests.Mesh;
using DaprSocial.Users.V1;

namespace DaprSocial.EndToEnd.Tests;

[Collection(MeshCollection.Name)]
public sealed class UserTests(MeshFixture fixture)
{
    private readonly TestMesh _mesh = fixture.Mesh;

    [Fact]
    public async Task CreateUser_MixedCaseHandle_IsFoundByIdAndByHandleInAnyCase()
    {
        var created = await _mesh.Users.CreateUserAsync(
            new CreateUserRequest { Handle = "Ada_Lovelace", DisplayName = "Ada 🧮", Bio = "First." });
        await _mesh.DrainAsync();

        var byId = await _mesh.Users.GetUserAsync(new GetUserRequest { UserId = created.User.Id });
        var byHandle = await _mesh.Users.GetUserAsync(new GetUserRequest { Handle = "ADA_lovelace" });

        Assert.Equal("ada_lovelace", created.User.Handle);
        Assert.Equal(created.User.CreateTime, created.User.UpdateTime);
        Assert.Equal(created.User, byId.User);
        Assert.Equal(created.User, byHandle.User);
        Assert.True(byId.Freshness.Satisfied);
    }

    [Fact]
    public async Task BatchGetUsers_UnknownAndRepeatedIds_AnswersEachOnceInTheOrderAsked()
    {
        var people = await _mesh.CreatePeopleAsync("ann", "ben", "cem");
        var nobody = Guid.NewGuid().ToString();
        var request = new BatchGetUsersRequest
        {
            UserIds = { people[2].Id, nobody, people[0].Id, people[2].Id, people[1].Id, nobody },
        };

        var answer = await _mesh.Users.BatchGetUsersAsync(request);

        Assert.Equal([people[2].Id, people[0].Id, people[1].Id], answer.Users.Select(user => user.Id));
        Assert.Equal([nobody], answer.MissingIds);
    }

    [Fact]
    public async Task BatchGetUsers_AHundredIds_AnswersAll()
    {
        var ids = Enumerable.Range(0, 100).Select(_ => Guid.NewGuid().ToString()).ToList();

        var answer = await _mesh.Users.BatchGetUsersAsync(new BatchGetUsersRequest { UserIds = { ids } });

        Assert.Equal(ids, answer.MissingIds);
    }

    [Fact]
    public async Task UpdateProfile_OneFieldGiven_ChangesThatOneAndKeepsTheOther()
    {
        var created = await _mesh.Users.CreateUserAsync(
            new CreateUserRequest { Handle = "profile_one", DisplayName = "Before", Bio = "A bio." });
        var actor = Person.HeadersOf(created.User.Id);

        var renamed = await _mesh.Users.UpdateProfileAsync(new UpdateProfileRequest { DisplayName = "After" }, actor);
        var cleared = await _mesh.Users.UpdateProfileAsync(new UpdateProfileRequest { Bio = "" }, actor);
        await _mesh.DrainAsync();
        var read = await _mesh.Users.GetUserAsync(new GetUserRequest { UserId = created.User.Id });

        Assert.Equal(("After", "A bio."), (renamed.User.DisplayName, renamed.User.Bio));
        Assert.Equal(("After", ""), (cleared.User.DisplayName, cleared.User.Bio));
        Assert.Equal(cleared.User, read.User);
        Assert.Equal(created.User.CreateTime, read.User.CreateTime);
        Assert.True(read.User.UpdateTime >= created.User.UpdateTime);
    }
}
