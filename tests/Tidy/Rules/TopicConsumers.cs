using System.Text.RegularExpressions;

namespace DaprSocial.Tidy.Tests.Rules;

/// <summary>Every topic has a consumer, or says above its constant why not: <c>Not consumed: reason</c>.</summary>
internal static partial class TopicConsumers
{
    public static IEnumerable<Finding> Check(IReadOnlyList<SourceFile> files)
    {
        var consumers = files.Where(file => file.IsCSharp && file.IsOneOf(ConsumingFiles())).ToList();
        return files.Where(file => file.Name == "Topics.cs" && !file.IsTest).SelectMany(file => ConstantPattern()
            .Matches(file.Code)
            .Where(constant => !IsExcused(file, constant.Index))
            .Where(constant => !consumers.Any(consumer => Names(consumer, constant.Groups[1].Value)))
            .Select(constant => file.FindingAt(constant.Index, Unconsumed(constant.Groups[1].Value))));
    }

    public static string Unconsumed(string topic) =>
        $"Topics.{topic} has no consumer: name it in a consumer or module, or comment `Not consumed: reason` above it.";

    private static bool Names(SourceFile consumer, string topic) =>
        Regex.IsMatch(consumer.Code, $@"\bTopics\s*\.\s*{topic}\b");

    /// <summary>The reason stands between the declaration before and this one.</summary>
    private static bool IsExcused(SourceFile file, int constant)
    {
        var before = file.Code.LastIndexOfAny([';', '{', '}'], constant) + 1;
        return ReasonPattern().IsMatch(file.Text[before..constant]);
    }

    [GeneratedRegex("^services/[^/]+/(?:Consumers/.*|[^/]*Module\\.cs)$")]
    private static partial Regex ConsumingFiles();

    [GeneratedRegex(@"\b(?:public|internal)\s+const\s+string\s+(\w+)")]
    private static partial Regex ConstantPattern();

    [GeneratedRegex(@"//.*\bNot consumed: \S")]
    private static partial Regex ReasonPattern();
}
