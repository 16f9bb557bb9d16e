using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace DaprSocial.Ctl.Testing;

/// <summary>Reads the result file that <c>dotnet test --logger trx</c> writes.</summary>
internal static class TrxFile
{
    private static readonly XNamespace _ns = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <returns>Null when there is no file, or half of one: the test host ended before it was written.</returns>
    public static IReadOnlyList<TestCase>? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? Parse(XDocument.Load(path)) : null;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    public static IReadOnlyList<TestCase> Parse(XDocument document) =>
        [.. document.Descendants(_ns + "UnitTestResult").Select(ParseCase)];

    private static TestCase ParseCase(XElement result)
    {
        var output = result.Element(_ns + "Output");
        var error = output?.Element(_ns + "ErrorInfo");
        return new TestCase(
            (string?)result.Attribute("testName") ?? "(a test without a name)",
            (string?)result.Attribute("outcome") switch
            {
                "Passed" => TestOutcome.Passed,
                "NotExecuted" => TestOutcome.Skipped,

                // Failed, Error, Timeout… and whatever a later version adds: no test passes by an unknown word.
                _ => TestOutcome.Failed,
            },
            TimeSpan.TryParse((string?)result.Attribute("duration"), CultureInfo.InvariantCulture, out var duration)
                ? duration
                : default,
            error?.Element(_ns + "Message")?.Value ?? "",
            error?.Element(_ns + "StackTrace")?.Value ?? "",
            output?.Element(_ns + "StdOut")?.Value ?? "");
    }
}
