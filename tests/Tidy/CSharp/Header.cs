using System.Text;
using System.Text.RegularExpressions;

namespace DaprSocial.Tidy.Tests.CSharp;

/// <summary>What stands before a brace or a semicolon among declarations, without leading attributes.</summary>
internal sealed partial class Header
{
    // Contents of brackets are left out: only the shape of a declaration tells what it is.
    private readonly string _shape;

    // The same up to the arrow of an expression body.
    private readonly string _signature;

    public Header(string code, int start, int end)
    {
        Start = SkipBlanksAndAttributes(code, start, end);
        _shape = Shape(code, Start, end);
        _signature = _shape.Split("=>")[0].TrimEnd();
    }

    public int Start { get; }

    public bool IsNamespace => NamespacePattern().IsMatch(_shape);

    public bool IsType => TypePattern().IsMatch(_shape) || DelegatePattern().IsMatch(_shape);

    public bool IsAccessor => AccessorPattern().IsMatch(_shape);

    /// <summary>True for an initialiser or an expression body: braces that follow belong to an expression.</summary>
    public bool IsExpression => HasArrow || InitialiserPattern().IsMatch(_shape);

    public bool HasArrow => _shape.Contains("=>", StringComparison.Ordinal);

    public bool IsMethod => !IsType && (IsAccessor || MethodPattern().IsMatch(_signature));

    public string Name
    {
        get
        {
            var pattern = IsType && !DelegatePattern().IsMatch(_signature) ? TypePattern() : MethodPattern();
            var match = pattern.Match(_signature);
            return match.Success
                ? match.Groups["name"].Value
                : LastWordPattern().Match(_signature.Split(" =")[0]).Value;
        }
    }

    private static int SkipBlanksAndAttributes(string code, int start, int end)
    {
        while (start < end)
        {
            if (char.IsWhiteSpace(code[start]))
                start++;
            else if (code[start] == '[')
                start = AfterBrackets(code, start, end);
            else
                break;
        }

        return start;
    }

    private static int AfterBrackets(string code, int start, int end)
    {
        var depth = 0;
        for (var i = start; i < end; i++)
        {
            depth += code[i] switch { '[' or '(' or '{' => 1, ']' or ')' or '}' => -1, _ => 0 };
            if (depth == 0)
                return i + 1;
        }

        return end;
    }

    private static string Shape(string code, int start, int end)
    {
        var shape = new StringBuilder();
        for (var i = start; i < end;)
        {
            if (code[i] is '(' or '[' or '{')
            {
                shape.Append(code[i] switch { '(' => "()", '[' => "[]", _ => "{}" });
                i = AfterBrackets(code, i, end);
            }
            else
            {
                shape.Append(char.IsWhiteSpace(code[i]) ? ' ' : code[i]);
                i++;
            }
        }

        return WithoutTypeArguments(shape.ToString());
    }

    private static string WithoutTypeArguments(string shape)
    {
        for (var before = ""; before != shape;)
        {
            before = shape;
            shape = TypeArgumentsPattern().Replace(shape, "");
        }

        return shape;
    }

    private const string TypeModifiers =
        @"^\s*(?:(?:public|private|protected|internal|static|sealed|abstract|partial|readonly|ref|unsafe|file|new)" +
        @"\s+)*";

    // Directly before the parentheses of a tuple type stands a modifier, not a name.
    private const string NoName =
        "(?!(?:public|private|protected|internal|static|sealed|abstract|readonly|required|override|virtual|ref|out|" +
        "in|new|async|partial|unsafe|extern|implicit|explicit|where)\\b)";

    [GeneratedRegex(@"<[\w\s,.?\[\]()]*>")]
    private static partial Regex TypeArgumentsPattern();

    [GeneratedRegex(@"^\s*namespace\b")]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(TypeModifiers +
        @"(?:(?:class|struct|interface|enum|record(?:\s+struct|\s+class)?)\s+(?<name>\w+)|(?<name>extension)\s*\(\))")]
    private static partial Regex TypePattern();

    [GeneratedRegex(TypeModifiers + @"delegate\b(?!\s*\*)")]
    private static partial Regex DelegatePattern();

    [GeneratedRegex(@"^\s*(?:(?:private|protected|internal)\s+)*(?<name>get|set|init|add|remove)\s*(?:=>|$)")]
    private static partial Regex AccessorPattern();

    // An equals sign that is part neither of an arrow nor of an operator's name.
    [GeneratedRegex(@"(?<![=!<>])=(?![=>])")]
    private static partial Regex InitialiserPattern();

    // Of a property, or of a field that holds a lambda.
    [GeneratedRegex(@"\w+(?=\W*$)")]
    private static partial Regex LastWordPattern();

    [GeneratedRegex(@"(?<![\w.])" + NoName + @"(?<name>~?\w+(?:\.\w+)*|operator\s*\S+?)\s*\(\)")]
    private static partial Regex MethodPattern();
}
