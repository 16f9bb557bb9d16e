using DaprSocial.Events;

namespace DaprSocial.Platform.Tests.Events;

public sealed class TopicsTests
{
    [Theory]
    [InlineData(Topics.Users, AppIds.Users)]
    [InlineData(Topics.Posts, AppIds.Posts)]
    [InlineData(Topics.Reactions, AppIds.Posts)]
    [InlineData(Topics.Graph, AppIds.Graph)]
    public void OwnerOf_ATopic_IsTheServiceWhoseLogHoldsIt(string topic, string owner) =>
        Assert.Equal(owner, Topics.OwnerOf(topic));

    [Theory]
    [InlineData(Topics.DeadLetter)]
    [InlineData("")]
    public void OwnerOf_NoTopic_Throws(string topic) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Topics.OwnerOf(topic));
}
