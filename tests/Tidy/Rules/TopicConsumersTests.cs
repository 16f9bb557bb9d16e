namespace DaprSocial.Tidy.Tests.Rules;

public sealed class TopicConsumersTests
{
    private static readonly SourceFile _topics = new("platform/Events/Topics.cs", """
        /// <summary>Names.</summary>
        public static class Topics
        {
            /// <summary>Not consumed: it is read by people.</summary>
            public const string Audit = "audit";

            /// <summary>Posts.</summary>
            public const string Posts = "posts";
        }
        """);

    [Theory]
    [InlineData("services/Timelines/TimelinesModule.cs")]
    [InlineData("services/Timelines/Consumers/PostCreatedConsumer.cs")]
    public void Check_NamedByAConsumer_FindsNothing(string path) =>
        Assert.Empty(TopicConsumers.Check([_topics, new SourceFile(path, "Consume(Topics.Posts);")]));

    [Theory]
    [InlineData("services/Posts/Commands/CreatePost.cs", "Append(Topics.Posts);")]
    [InlineData("services/Timelines/TimelinesModule.cs", "Consume(Topics.PostsAndMore);")]
    [InlineData("services/Timelines/TimelinesModule.cs", "// Topics.Posts")]
    [InlineData("tests/Timelines/Consumers/A.cs", "Consume(Topics.Posts);")]
    public void Check_NamedByNoConsumer_IsFound(string path, string code)
    {
        var finding = Assert.Single(TopicConsumers.Check([_topics, new SourceFile(path, code)]));

        Assert.Equal((8, TopicConsumers.Unconsumed("Posts")), (finding.Line, finding.Message));
    }
}
