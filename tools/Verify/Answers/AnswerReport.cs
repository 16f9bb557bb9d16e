using DaprSocial.Load;

namespace DaprSocial.Verify.Answers;

/// <param name="AnswerCount">What was read through the services.</param>
internal sealed record AnswerReport(long AnswerCount, long DifferenceCount, IReadOnlyList<Difference> Differences);
