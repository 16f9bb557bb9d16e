using Grpc.Core;
using Xunit;

namespace DaprSocial.Polyfills.Tests;

public sealed class AuthContextTests
{
    private static readonly AuthProperty _name = AuthProperty.Create("name", "ada"u8.ToArray());
    private static readonly AuthProperty _mail = AuthProperty.Create("mail", "ada@example.org"u8.ToArray());
    private static readonly Dictionary<string, List<AuthProperty>> _properties =
        new() { ["name"] = [_name], ["mail"] = [_mail] };

    [Fact]
    public void Context_IdentityNamed_IsAuthenticated()
    {
        var context = new AuthContext("name", _properties);

        Assert.True(context.IsPeerAuthenticated);
        Assert.Equal("name", context.PeerIdentityPropertyName);
        Assert.Equal([_name], context.PeerIdentity);
        Assert.Equal([_name, _mail], context.Properties);
        Assert.Equal([_mail], context.FindPropertiesByName("mail"));
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
