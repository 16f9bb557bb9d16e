using Grpc.Core;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

public sealed class AuthContextTests
{
    private static readonly AuthProperty s_name = AuthProperty.Create("name", "ada"u8.ToArray());
    private static readonly AuthProperty s_mail = AuthProperty.Create("mail", "ada@example.org"u8.ToArray());
    private static readonly Dictionary<string, List<AuthProperty>> s_properties =
        new() { ["name"] = [s_name], ["mail"] = [s_mail] };

    [Fact]
    public void Context_IdentityNamed_IsAuthenticated()
    {
        var context = new AuthContext("name", s_properties);

        Assert.True(context.IsPeerAuthenticated);
        Assert.Equal("name", context.PeerIdentityPropertyName);
        Assert.Equal([s_name], context.PeerIdentity);
        Assert.Equal([s_name, s_mail], context.Properties);
        Assert.Equal([s_mail], context.FindPropertiesByName("mail"));
        Assert.Empty(context.FindPropertiesByName("MAIL"));
    }

    [Fact]
    public void Context_NoIdentity_IsAnonymous()
    {
        var context = new AuthContext(null, []);

        Assert.False(context.IsPeerAuthenticated);
        Assert.Null(context.PeerIdentityPropertyName);
        Assert.Empty(context.PeerIdentity);
        Assert.Empty(context.Properties);
    }

    [Fact]
    public void Property_CallersArrayChanged_KeepsItsValue()
    {
        var bytes = "ada"u8.ToArray();
        var property = AuthProperty.Create("name", bytes);

        bytes[0] = 0;
        property.ValueBytes[0] = 0;

        Assert.Equal(("name", "ada"), (property.Name, property.Value));
        Assert.Equal("ada"u8.ToArray(), property.ValueBytes);
    }
}
